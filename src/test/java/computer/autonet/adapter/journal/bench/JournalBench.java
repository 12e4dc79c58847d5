package computer.autonet.adapter.journal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Measures the engines: writers that each wait for their acknowledgement, then a replay of everything. Prints one JSON object
 * per engine. Arguments: directory, writers, bytes per event, seconds; half as long again is warm-up.
 */
final class JournalBench {
    private static final int SAMPLES = 1 << 20;
    private static final int POOL = 1 << 20;

    private JournalBench() {}

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        int writers = Integer.parseInt(args[1]);
        int bytes = Integer.parseInt(args[2]);
        int seconds = Integer.parseInt(args[3]);
        for (String name : new String[] {"segment", "rocksdb", "mvstore"}) {
            Path directory = Files.createDirectories(root.resolve(name + "-" + System.nanoTime()));
            try (Engine engine = open(name, directory)) {
                measure(name, engine, writers, bytes, seconds, directory);
            }
            delete(directory);
        }
    }

    private static Engine open(String name, Path directory) throws IOException {
        return switch (name) {
            case "segment" -> new SegmentEngine(directory);
            case "rocksdb" -> new RocksDbEngine(directory);
            default -> new MvStoreEngine(directory);
        };
    }

    private static void measure(String name, Engine engine, int writers, int bytes, int seconds, Path directory)
            throws Exception {
        // Cut at ever different places from random bytes, so that compression gains nothing.
        byte[] pool = new byte[POOL + bytes];
        new SplittableRandom(1).nextBytes(pool);
        IntFunction<byte[]> events = place -> Arrays.copyOfRange(pool, place % POOL, place % POOL + bytes);
        long start = System.nanoTime();
        long measureFrom = start + seconds * 500_000_000L;
        long end = measureFrom + seconds * 1_000_000_000L;
        AtomicLong counted = new AtomicLong();
        AtomicLong all = new AtomicLong();
        long[] micros = new long[SAMPLES];
        CountDownLatch done = new CountDownLatch(writers);
        for (int i = 0; i < writers; i++) {
            next(engine, "kind:" + "0".repeat(60) + i, 1, events, measureFrom, end, counted, all, micros, done);
        }
        done.await();
        int samples = (int) Math.min(SAMPLES, counted.get());
        Arrays.sort(micros, 0, samples);
        long size = size(directory);
        long replayFrom = System.nanoTime();
        long replayed = 0;
        for (int i = 0; i < writers; i++) {
            replayed += engine.replay("kind:" + "0".repeat(60) + i);
        }
        double replaySeconds = (System.nanoTime() - replayFrom) / 1e9;
        if (replayed != all.get()) {
            throw new IllegalStateException(name + " acknowledged " + all.get() + " events and replayed " + replayed);
        }
        System.out.printf(
                Locale.ROOT,
                "{\"engine\":\"%s\",\"writers\":%d,\"eventBytes\":%d,\"eventsPerSecond\":%d,\"p50Micros\":%d,\"p99Micros\":%d,"
                        + "\"replayedPerSecond\":%d,\"diskBytesPerEvent\":%d}%n",
                name,
                writers,
                bytes,
                counted.get() / seconds,
                micros[samples / 2],
                micros[(int) (samples * 0.99)],
                (long) (replayed / replaySeconds),
                size / all.get());
    }

    private static void next(
            Engine engine,
            String id,
            long number,
            IntFunction<byte[]> events,
            long measureFrom,
            long end,
            AtomicLong counted,
            AtomicLong all,
            long[] micros,
            CountDownLatch done) {
        long sent = System.nanoTime();
        engine.append(id, number, events.apply((int) (number * 7919 + id.hashCode()) & Integer.MAX_VALUE))
                .whenComplete((ok, failure) -> {
                    if (failure != null) {
                        throw new IllegalStateException(failure);
                    }
                    long now = System.nanoTime();
                    all.incrementAndGet();
                    if (now >= measureFrom && now < end) {
                        micros[(int) (counted.getAndIncrement() % SAMPLES)] = (now - sent) / 1000;
                    }
                    if (now < end) {
                        next(engine, id, number + 1, events, measureFrom, end, counted, all, micros, done);
                    } else {
                        done.countDown();
                    }
                });
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

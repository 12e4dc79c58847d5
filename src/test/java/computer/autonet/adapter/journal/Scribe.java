package computer.autonet.adapter.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A process that appends for several ids at once until it is killed, and says on standard output what was acknowledged: {@code writer number}. */
final class Scribe {
    static final int WRITERS = 8;

    private Scribe() {}

    public static void main(String[] args) throws Exception {
        EventLog log = EventLog.open(Path.of(args[0]), EventLog.Recovery.STRICT);
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            new Thread(() -> write(log, writer)).start();
        }
    }

    private static void write(EventLog log, int writer) {
        try {
            for (long next = log.highest(id(writer)) + 1; ; next++) {
                EventLog.Event event = new EventLog.Event(next, bytes(writer, next));
                log.append(List.of(new EventLog.Append(id(writer), List.of(event))))
                        .toCompletableFuture()
                        .get();
                synchronized (Scribe.class) {
                    System.out.println(writer + " " + next);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String id(int writer) {
        return "writer-" + writer;
    }

    /** Bytes that follow from the writer and the number, so that a reader can tell what they should be. */
    static byte[] bytes(int writer, long number) {
        SplittableRandom random = new SplittableRandom(31L * number + writer);
        byte[] bytes = new byte[64 + random.nextInt(512)];
        random.nextBytes(bytes);
        return bytes;
    }
}

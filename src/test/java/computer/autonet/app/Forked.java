package computer.autonet.app;

import computer.autonet.adapter.training.Pins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The program in a JVM of its own, as {@code ./autonet} starts it, so that a test can kill it. */
final class Forked implements AutoCloseable {
    /** From here on Java warns of native libraries and Unsafe unless it is told that they are meant. */
    private static final int QUIETED_FROM = 24;

    private static final long DUMP_SECONDS = 10;

    private final Process process;
    private final Path output;

    private Forked(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param output where stdout and stderr go */
    static Forked start(Path output, List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4",
                "-Dai.djl.offline=true",
                // The program's own, not that of the tests.
                "-Dlogback.configurationFile=logback.xml"));
        if (Runtime.version().feature() >= QUIETED_FROM) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(Pins.required());
        return new Forked(
                builder.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** The rest of the first line that begins so, as soon as there is one. */
    String await(String beginning, long seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        var never = new CountDownLatch(1);
        while (true) {
            Optional<String> line = line(beginning);
            if (line.isPresent()) {
                return line.get();
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("no line '" + beginning + "' in " + seconds + " s, alive: " + process.isAlive()
                        + "\n" + text());
            }
            never.await(50, TimeUnit.MILLISECONDS);
        }
    }

    /** That for so long it neither says such a line nor ends. */
    void silent(String beginning, long seconds) throws IOException, InterruptedException {
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (ended || line(beginning).isPresent()) {
            throw new AssertionError(
                    "a line '" + beginning + "' within " + seconds + " s, or ended: " + ended + "\n" + text());
        }
    }

    private Optional<String> line(String beginning) throws IOException {
        return text().lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .map(line -> line.substring(beginning.length()).strip());
    }

    String text() throws IOException {
        return Files.readString(output);
    }

    long pid() {
        return process.pid();
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As Ctrl-C of a supervisor does. */
    void terminate() {
        process.destroy();
    }

    /** It stands still until it is resumed. */
    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, process.pid() + "")
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " ended with " + status);
        }
    }

    int status(long seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            dumpThreads();
            throw new AssertionError("still running after " + seconds + " s\n" + text());
        }
        return process.exitValue();
    }

    /** Has the JVM write what each of its threads does to its output. */
    private void dumpThreads() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start();
        kill.waitFor();
        await("JNI global refs", DUMP_SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}

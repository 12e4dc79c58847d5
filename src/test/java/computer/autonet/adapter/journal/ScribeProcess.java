package computer.autonet.adapter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A forked {@link Scribe} that can be killed as {@code kill -9} does. */
record ScribeProcess(Process process, BufferedReader output) implements AutoCloseable {
    static ScribeProcess start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Scribe.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new ScribeProcess(process, new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
    }

    /** Reads up to so many acknowledgements into the highest number per writer; fewer when the process has ended. */
    int acknowledgements(int limit, long[] highest) throws IOException {
        int read = 0;
        for (; read < limit; read++) {
            String line = output.readLine();
            // A killed process may leave half a line, which acknowledges nothing.
            if (line == null || !line.matches("\\d+ \\d+")) {
                return read;
            }
            String[] fields = line.split(" ", -1);
            int writer = Integer.parseInt(fields[0]);
            highest[writer] = Math.max(highest[writer], Long.parseLong(fields[1]));
        }
        return read;
    }

    void kill() throws InterruptedException {
        // Through the handle, because the process object would close the pipe that is still to be read.
        process.toHandle().destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}

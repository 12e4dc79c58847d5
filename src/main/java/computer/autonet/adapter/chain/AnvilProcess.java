package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the anvil program as a child that cannot outlive this JVM: a shell between the two holds a pipe from the
 * JVM, and kills anvil when the pipe ends, however the JVM ended. CHAIN-08.
 */
final class AnvilProcess {
    private static final Pattern LISTENING = Pattern.compile("Listening on [\\d.]+:(\\d+)");
    private static final Pattern CHILD = Pattern.compile("anvil-guard holds (\\d+)");
    /** Start takes 0.1 s on an idle machine. */
    private static final long START_SECONDS = 60;
    /**
     * The pipe must be passed on by hand: a shell gives its background commands an empty input. Who waits for its end
     * holds nothing else open, and goes with anvil, so that neither a process nor a pipe is left behind.
     */
    private static final String GUARD =
            "exec 3<&0; \"$@\" </dev/null 3<&- & child=$!; echo \"$child\" > \"$PID_FILE\"; "
                    + "echo \"anvil-guard holds $child\"; "
                    + "( read -r end <&3; kill -9 \"$child\" ) >/dev/null 2>&1 & guard=$!; "
                    + "wait \"$child\"; kill \"$guard\" 2>/dev/null";

    private final Process shell;
    private final Path pidFile;
    private final long pid;
    private final URI rpc;

    private AnvilProcess(Process shell, Path pidFile, long pid, URI rpc) {
        this.shell = shell;
        this.pidFile = pidFile;
        this.pid = pid;
        this.rpc = rpc;
    }

    /** Starts anvil and waits until it listens. An anvil that an earlier JVM left in this folder is ended first. */
    static AnvilProcess start(AnvilSettings settings, int port, Path state) {
        Path pidFile = settings.folder().resolve("anvil.pid");
        endOrphan(pidFile);
        requireFree(port);
        var command = new ArrayList<String>(
                List.of("sh", "-c", GUARD, "anvil-guard", settings.program().toString()));
        command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--chain-id", Long.toString(settings.chainId()), "--hardfork", "osaka"));
        // Automatic mining stalls and leaks after some hundred blocks: blocks are asked for instead.
        command.addAll(List.of("--no-mining", "--accounts", "1"));
        command.addAll(
                List.of("--cache-path", settings.folder().resolve("cache").toString()));
        if (Files.exists(state)) {
            command.addAll(List.of("--load-state", state.toString()));
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PID_FILE", pidFile.toString());
        Process shell;
        try {
            shell = builder.start();
        } catch (IOException e) {
            throw new ChainException(
                    Problem.ANVIL_FAILED, "anvil cannot be started", "see whether sh and anvil can be run", e);
        }
        var child = new CompletableFuture<Long>();
        var listening = new CompletableFuture<Integer>();
        var reader =
                new Thread(() -> read(shell, settings.folder().resolve("anvil.log"), child, listening), "anvil-log");
        reader.setDaemon(true);
        reader.start();
        var unused = shell.onExit().thenRun(() -> {
            listening.completeExceptionally(new IOException("anvil ended"));
            child.completeExceptionally(new IOException("anvil ended"));
        });
        try {
            int actual = listening.get(START_SECONDS, TimeUnit.SECONDS);
            long pid = child.get(START_SECONDS, TimeUnit.SECONDS);
            return new AnvilProcess(shell, pidFile, pid, URI.create("http://127.0.0.1:" + actual));
        } catch (ExecutionException | TimeoutException e) {
            shell.destroyForcibly();
            throw new ChainException(
                    Problem.ANVIL_FAILED,
                    "anvil did not begin to listen",
                    "read anvil.log in " + settings.folder() + ", which may name a used port or a damaged state.json",
                    e);
        } catch (InterruptedException e) {
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ChainException(Problem.ANVIL_FAILED, "the start of anvil was interrupted", "start it again", e);
        }
    }

    /** Where it answers. */
    URI rpc() {
        return rpc;
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /** The process id of anvil itself. */
    long pid() {
        return pid;
    }

    /** Memory in use, in MiB; 0 where the system does not tell. */
    long memoryMib() {
        try {
            String pages = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ")[1];
            return Long.parseLong(pages) * 4096 / (1024 * 1024);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** Ends anvil at once; what it holds in memory is lost. */
    void kill() {
        endOrphan(pidFile);
        try {
            // The shell ends with anvil, and ends its guard first.
            if (!shell.waitFor(10, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Anvil ends at once when its port is taken, and says why only in its log. */
    static void requireFree(int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new ChainException(
                    Problem.PORT_IN_USE,
                    "another program listens at 127.0.0.1:" + port,
                    "end it, or choose another port, or 0 for any free one",
                    e);
        }
    }

    private static void endOrphan(Path pidFile) {
        try {
            if (!Files.exists(pidFile)) {
                return;
            }
            String text = Files.readString(pidFile).trim();
            if (!text.isEmpty()) {
                // Process ids are given out again: only what is anvil is ended.
                ProcessHandle.of(Long.parseLong(text))
                        .filter(p ->
                                p.info().command().map(c -> c.endsWith("anvil")).orElse(false))
                        .ifPresent(p -> {
                            p.destroyForcibly();
                            p.onExit()
                                    .orTimeout(10, TimeUnit.SECONDS)
                                    .exceptionally(late -> p)
                                    .join();
                        });
            }
            Files.deleteIfExists(pidFile);
        } catch (IOException | NumberFormatException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE,
                    pidFile + " cannot be read",
                    "end any anvil that runs in this folder and remove the file",
                    e);
        }
    }

    private static void read(
            Process shell, Path log, CompletableFuture<Long> child, CompletableFuture<Integer> listening) {
        try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8);
                var out = Files.newBufferedWriter(log)) {
            int kept = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher held = CHILD.matcher(line);
                if (held.find()) {
                    child.complete(Long.parseLong(held.group(1)));
                }
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    listening.complete(Integer.parseInt(matcher.group(1)));
                }
                // It names every request; the beginning tells what went wrong at the start.
                if (kept++ < 2_000) {
                    out.write(line);
                    out.newLine();
                    out.flush();
                }
            }
        } catch (IOException e) {
            // It ended in the middle of a line, or its log cannot be written: then it must go, or it would wait for a
            // reader for ever.
            shell.destroyForcibly();
        }
    }
}

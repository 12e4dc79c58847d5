package computer.autonet.adapter.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One Cassandra node on the loopback address, in a JVM of its own that ends with this one; it syncs its
 * commit log before it answers (JRN-12). Its library is what
 * {@code deploy/cassandra/pom.xml} fetches; it is never on our own class path.
 */
public final class CassandraServer implements AutoCloseable {
    /** The data centre that a node names itself after. */
    public static final String DATACENTER = "datacenter1";

    private static final String LAUNCHER = "autonet-cassandra.jar";
    private static final String MAIN = "computer.autonet.cassandra.CassandraNode";
    /** Four to six seconds on an idle machine of two cores; a busy one gets a multiple of that. */
    private static final Duration START = Duration.ofSeconds(180);

    private static final Duration STOP = Duration.ofSeconds(30);

    /** A busy node answers late rather than never. */
    private static final Duration REQUEST = Duration.ofSeconds(30);

    private static final List<String> EXPORTS = List.of(
            "java.base/jdk.internal.misc",
            "java.base/java.lang.ref",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql",
            "jdk.unsupported/sun.misc");
    private static final List<String> OPENS = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.module",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.util.concurrent.locks",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/sun.nio.ch",
            "jdk.management/com.sun.management.internal");

    private final Path library;
    private final Path directory;
    private final int port;
    private final int nodePort;
    private Process process;

    private CassandraServer(Path library, Path directory, int port, int nodePort) throws IOException {
        this.library = library;
        this.directory = directory;
        this.port = port;
        this.nodePort = nodePort;
        this.process = launch();
    }

    /** Whether a library is there and was made after the last change of the sources that it is made from. */
    public static boolean isCurrent(Path library, Path sources) throws IOException {
        Path made = library.resolve(LAUNCHER);
        if (!Files.exists(made)) {
            return false;
        }
        FileTime then = Files.getLastModifiedTime(made);
        try (Stream<Path> newer = Files.find(
                sources,
                Integer.MAX_VALUE,
                (file, found) ->
                        found.isRegularFile() && found.lastModifiedTime().compareTo(then) > 0)) {
            return newer.findAny().isEmpty();
        }
    }

    /**
     * Starts a node and returns once it answers a query.
     *
     * @param library the folder {@code target/cassandra-lib}
     * @param directory where it keeps its data and its log; data that is there is used
     * @param port where clients connect; 0 takes a free one
     * @throws IOException if the library is not there, the port is taken, or the node does not come up
     */
    public static CassandraServer start(Path library, Path directory, int port)
            throws IOException, InterruptedException {
        if (!Files.exists(library.resolve(LAUNCHER))) {
            throw new IOException(
                    "no Cassandra in " + library + "; fetch it with: mvn -f deploy/cassandra/pom.xml package");
        }
        Files.createDirectories(directory);
        try {
            return startOnce(library.toAbsolutePath(), directory.toAbsolutePath(), port);
        } catch (NotUpException lost) {
            if (port != 0) {
                throw lost;
            }
            // Another program may have taken a port that was free: once more, with others.
            try {
                return startOnce(library.toAbsolutePath(), directory.toAbsolutePath(), port);
            } catch (IOException again) {
                again.addSuppressed(lost);
                throw again;
            }
        }
    }

    /** It did not come up and does not run: perhaps for want of a port. */
    private static final class NotUpException extends IOException {
        private static final long serialVersionUID = 1L;

        NotUpException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static CassandraServer startOnce(Path library, Path directory, int port)
            throws IOException, InterruptedException {
        int clients;
        int nodes;
        // Both are held until both are known, or they could be the same.
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            clients = port == 0 ? one.getLocalPort() : port;
            nodes = other.getLocalPort();
        }
        CassandraServer server = new CassandraServer(library, directory, clients, nodes);
        server.awaitAnswer();
        return server;
    }

    public int port() {
        return port;
    }

    /** The node's process. */
    public long pid() {
        return process.pid();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** What the node prints. */
    public Path log() {
        return directory.resolve("node.log");
    }

    /** Completes when the node's process has ended, for whatever reason. */
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Ends the node as an operator does. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Ends the node as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
    }

    /** Starts it again on the same port and data after {@link #stop} or {@link #kill}. */
    public void startAgain() throws IOException, InterruptedException {
        if (process.isAlive()) {
            throw new IllegalStateException("the node is running; stop it first");
        }
        process = launch();
        awaitAnswer();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    private Process launch() throws IOException {
        requireFree(port);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xms384m",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=192m",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.attach.allowAttachSelf=true",
                "-Dio.netty.tryReflectionSetAccessible=true"));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        EXPORTS.forEach(name -> command.add("--add-exports=" + name + "=ALL-UNNAMED"));
        OPENS.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        // The launcher's jar comes first: it holds a class that must hide Cassandra's of the same name.
        command.addAll(List.of("-cp", library.resolve(LAUNCHER) + ":" + library + "/*", MAIN));
        command.addAll(List.of(directory.toString(), Integer.toString(port), Integer.toString(nodePort)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        Optional<String> version = Optional.empty();
        while (version.isEmpty()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new NotUpException(
                        "Cassandra ended with " + process.exitValue() + " at its start; see " + log(), null);
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new IOException("Cassandra gave no answer in " + START.toSeconds() + " s; see " + log());
            }
            version = answer();
        }
    }

    /** The release that the node names, or nothing while it does not answer. */
    private Optional<String> answer() {
        try (Socket probe = new Socket()) {
            probe.connect(address(), 200);
        } catch (IOException notYet) {
            return Optional.empty();
        }
        try (CqlSession session = session()) {
            return Optional.ofNullable(session.execute("SELECT release_version FROM system.local")
                            .one())
                    .map(row -> row.getString(0));
        } catch (DriverException notYet) {
            return Optional.empty();
        }
    }

    /** A new session with this node. */
    public CqlSession session() {
        return CqlSession.builder()
                .addContactPoint(address())
                .withLocalDatacenter(DATACENTER)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST)
                        // Who makes a table does not wait for more of them.
                        .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ZERO)
                        .build())
                .build();
    }

    private static void requireFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new NotUpException("port " + port + " is taken; stop what listens there or choose another", taken);
        }
    }
}

package computer.autonet.app;

import computer.autonet.adapter.cassandra.CassandraServer;
import computer.autonet.cli.CliException;
import computer.autonet.cli.OutputOptions;
import computer.autonet.cli.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./autonet cassandra}: the database of a cluster on one machine. */
@Command(
        name = "cassandra",
        mixinStandardHelpOptions = true,
        description = "Runs a Cassandra node on 127.0.0.1 for the nodes of this machine, until Ctrl-C. The first time "
                + "Maven fetches it.",
        footer = "Example: autonet cassandra --data-dir data/cassandra")
public final class CassandraCommand implements Callable<Integer> {
    private static final long FETCH_MINUTES = 15;
    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9042",
            description = "Where clients connect; 0 takes any free port (default: ${DEFAULT-VALUE}).")
    int port = 9042;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data/cassandra",
            description = "Where it keeps its data (default: ${DEFAULT-VALUE}).")
    Path dataDir = Path.of("data", "cassandra");

    @Option(
            names = "--library",
            paramLabel = "DIR",
            defaultValue = "target/cassandra-lib",
            description = "Where its library is (default: ${DEFAULT-VALUE}).")
    Path library = Path.of("target", "cassandra-lib");

    @Option(
            names = "--pom",
            paramLabel = "FILE",
            defaultValue = "deploy/cassandra/pom.xml",
            description = "What fetches the library (default: ${DEFAULT-VALUE}).")
    Path pom = Path.of("deploy", "cassandra", "pom.xml");

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MOST_PORT) {
            throw new UserError(
                    "FLAG_INVALID", "--port " + port, "give a port from 1 to " + MOST_PORT + ", or 0 for any free one");
        }
        fetch();
        try (CassandraServer server = CassandraServer.start(library, dataDir, port)) {
            var stopping = new AtomicBoolean();
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                if (stopping.compareAndSet(false, true)) {
                                    end(server);
                                }
                            },
                            "cassandra-stop"));
            String address = "127.0.0.1:" + server.port();
            output.line(
                    "cassandra  " + address + ", data in " + dataDir,
                    new Report().with("cassandra", address).with("data", dataDir));
            int status = server.ended().join();
            if (stopping.compareAndSet(false, true)) {
                throw CliException.ours(
                        "CASSANDRA_ENDED",
                        "Cassandra ended with " + status,
                        "see " + server.log() + " and start it again");
            }
            return 0;
        } catch (IOException e) {
            throw new UserError("CASSANDRA_FAILED", String.valueOf(e.getMessage()), "mend that and start again", e);
        }
    }

    private static void end(CassandraServer server) {
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private boolean isFetched() {
        Path sources = pom.toAbsolutePath().getParent();
        try {
            // Whoever has the library alone has nothing to make it from.
            return sources != null && Files.exists(pom)
                    ? CassandraServer.isCurrent(library, sources)
                    : Files.exists(library.resolve("autonet-cassandra.jar"));
        } catch (IOException e) {
            throw new UserError(
                    "CASSANDRA_MISSING", sources + " cannot be read (" + e.getMessage() + ")", "mend that", e);
        }
    }

    private void fetch() throws InterruptedException {
        if (isFetched()) {
            return;
        }
        if (!Files.exists(pom)) {
            throw new UserError(
                    "CASSANDRA_MISSING",
                    "there is neither " + library + " nor " + pom,
                    "start in the folder of the sources, or name --library");
        }
        System.err.println("fetching Cassandra (once)");
        try {
            Path log = Files.createTempFile("autonet-cassandra", ".log");
            Process maven = new ProcessBuilder(
                            "mvn", "-q", "-B", "-Dmaven.jar.forceCreation=true", "-f", pom.toString(), "package")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!maven.waitFor(FETCH_MINUTES, TimeUnit.MINUTES) || maven.exitValue() != 0) {
                maven.destroyForcibly();
                throw new UserError(
                        "CASSANDRA_MISSING", "Maven could not fetch it", "see " + log + ", mend that and try again");
            }
            Files.delete(log);
        } catch (IOException e) {
            throw new UserError("MAVEN_MISSING", "mvn cannot be started", "install Maven 3.8 or newer", e);
        }
    }
}

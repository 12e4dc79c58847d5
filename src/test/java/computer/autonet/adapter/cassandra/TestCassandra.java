package computer.autonet.adapter.cassandra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one Cassandra node of a test run, started when the first test asks and ended with the JVM. Users keep to keyspaces of their own. */
public final class TestCassandra {
    private static @Nullable CassandraServer shared;

    private TestCassandra() {}

    public static synchronized CassandraServer shared() throws IOException, InterruptedException {
        CassandraServer known = shared;
        if (known == null) {
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "cassandra-");
            CassandraServer started = CassandraServer.start(library(), directory, 0);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    started.kill();
                    delete(directory);
                } catch (IOException | InterruptedException e) {
                    System.err.println("left behind: " + directory + " (" + e + ")");
                }
            }));
            shared = started;
            known = started;
        }
        return known;
    }

    /** The folder with Cassandra, fetched by its own pom if nobody has done so since that changed. */
    static synchronized Path library() throws IOException, InterruptedException {
        Path library = Path.of("target", "cassandra-lib");
        if (!CassandraServer.isCurrent(library, Path.of("deploy", "cassandra"))) {
            Process maven = new ProcessBuilder(
                            "mvn",
                            "-q",
                            "-B",
                            "-Dmaven.jar.forceCreation=true",
                            "-f",
                            "deploy/cassandra/pom.xml",
                            "package")
                    .inheritIO()
                    .start();
            if (!maven.waitFor(10, TimeUnit.MINUTES) || maven.exitValue() != 0) {
                maven.destroyForcibly();
                throw new IOException(
                        "fetching Cassandra failed; see above, or run mvn -f deploy/cassandra/pom.xml package");
            }
        }
        return library;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package computer.autonet.adapter.cassandra;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    /** The folder with Cassandra, fetched by its own pom if nobody has done so yet, also in another JVM of this run. */
    static synchronized Path library() throws IOException, InterruptedException {
        Path target = Files.createDirectories(Path.of("target"));
        try (FileChannel channel = FileChannel.open(
                        target.resolve("cassandra-lib.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            return fetched(target.resolve("cassandra-lib"));
        }
    }

    private static Path fetched(Path library) throws IOException, InterruptedException {
        if (!Files.exists(library.resolve("autonet-cassandra.jar"))) {
            Process maven = new ProcessBuilder("mvn", "-q", "-B", "-f", "deploy/cassandra/pom.xml", "package")
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

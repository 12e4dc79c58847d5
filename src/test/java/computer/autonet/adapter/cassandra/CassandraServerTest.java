package computer.autonet.adapter.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraServerTest {
    @TempDir
    Path directory;

    /** JRN-12. */
    @Test
    void whatItAcknowledgedIsThereAfterKillNineAndTheSamePortServesIt() throws Exception {
        try (CassandraServer server = CassandraServer.start(TestCassandra.library(), directory, 0)) {
            try (CqlSession session = server.session()) {
                session.execute(
                        "CREATE KEYSPACE k WITH replication = {'class':'SimpleStrategy','replication_factor':1}");
                session.execute("CREATE TABLE k.t (id int PRIMARY KEY, text varchar)");
                for (int i = 0; i < 200; i++) {
                    session.execute("INSERT INTO k.t (id, text) VALUES (?, ?)", i, "row " + i);
                }
            }
            assertThatThrownBy(() -> CassandraServer.start(TestCassandra.library(), directory, server.port()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is taken");
            server.kill();
            assertThat(server.ended()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(137);
            server.startAgain();
            try (CqlSession session = server.session()) {
                assertThat(session.execute("SELECT id FROM k.t").all()).hasSize(200);
            }
        }
    }

    @Test
    void itEndsWithItsParentHoweverThatEnds() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CassandraParent.class.getName(),
                        TestCassandra.library().toString(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8))) {
            String line = output.readLine();
            while (line != null && !line.startsWith(CassandraParent.NODE)) {
                line = output.readLine();
            }
            assertThat(line).isNotNull();
            ProcessHandle node = ProcessHandle.of(Long.parseLong(line.substring(CassandraParent.NODE.length())))
                    .orElseThrow();
            assertThat(node.isAlive()).isTrue();
            parent.toHandle().destroyForcibly();
            assertThat(node.onExit()).succeedsWithin(Duration.ofSeconds(60));
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aMissingLibraryIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> CassandraServer.start(directory.resolve("none"), directory, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mvn -f deploy/cassandra/pom.xml package");
    }
}

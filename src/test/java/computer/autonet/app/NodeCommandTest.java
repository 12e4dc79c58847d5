package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node's life from the command line: it joins its own network only, and ends with the right status. */
class NodeCommandTest {
    private static final long LIMIT_SECONDS = 90;

    @TempDir
    private Path folder;

    @Test
    void node01_aNodeOfAnotherGenesisDoesNotJoinAndSaysWhy() throws Exception {
        int port = Local.freePort();
        try (Forked founder = fork(config("one", port, port));
                Forked stranger = fork(config("two", Local.freePort(), port))) {
            founder.await("joined", LIMIT_SECONDS);

            assertThat(stranger.status(LIMIT_SECONDS)).isEqualTo(2);
            assertThat(stranger.text())
                    .contains("NETWORK_DIFFERS: ")
                    .contains("start with that network's genesis file");
            assertThat(founder.text()).contains("NETWORK_DIFFERS: this cluster is of network");

            String metrics = founder.await("metrics", LIMIT_SECONDS);
            assertThat(read(metrics))
                    .contains("autonet_cluster_members 1.0", "autonet_fresh 1.0", "autonet_serving 1.0")
                    .contains("autonet_entities", "autonet_blobs_bytes", "jvm_memory_used_bytes");

            founder.terminate();
            assertThat(founder.status(LIMIT_SECONDS)).isZero();
            assertThat(founder.text()).contains("stopped");
        }
    }

    @Test
    void node02_settingsThatCannotBeUsedEndWithStatusTwo() throws Exception {
        Path config = config("one", 0, 0);

        assertThat(Main.run("node", "--config", folder.resolve("absent.conf") + ""))
                .isEqualTo(2);
        assertThat(Main.run("node", "--config", config + "", "--genesis", folder.resolve("absent.json") + ""))
                .isEqualTo(2);
        assertThat(Main.run("node", "--config", config + "", "--journal", "paper"))
                .isEqualTo(2);
        assertThat(Main.run("node", "--config", config + "", "--gateway-port", "many"))
                .isEqualTo(2);
    }

    @Test
    void aJobThatCannotBeDoneIsRefusedBeforeTheNodeStarts() throws Exception {
        Path config = config("one", 0, 0);
        Files.writeString(
                config, "\nautonet.work = [{ role = solver, identity = me }]", StandardOpenOption.APPEND);
        assertThat(Main.run("node", "--config", config + "")).isEqualTo(2);

        Files.writeString(
                config, "\nautonet.work = [{ role = king, identity = me }]", StandardOpenOption.APPEND);
        assertThat(Main.run("node", "--config", config + "")).isEqualTo(2);
    }

    private static String read(String address) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private Forked fork(Path config) throws IOException {
        return Forked.start(
                folder.resolve(config.getFileName() + ".txt"), List.of(), "node", "--config", config.toString());
    }

    /** A node of a network of its own name, on an embedded journal, that joins the seed. */
    private Path config(String network, int port, int seed) throws IOException {
        Path made = folder.resolve(network);
        if (!Files.exists(made)) {
            assertThat(Main.run("network", "create", "--out", made + "", "--nodes", "a", "--name", network))
                    .isZero();
        }
        return Files.writeString(folder.resolve(network + ".conf"), """
                include required("%s/network.conf")
                autonet {
                  data-dir = "%s"
                  cluster { port = %d, seeds = ["127.0.0.1:%d"] }
                  gateway.port = 0
                  operator.port = -1
                  metrics.port = 0
                }
                """.formatted(
                        network, folder.resolve("data-" + network), port, seed));
    }
}

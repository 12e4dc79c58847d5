package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.pekko.actor.Address;
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
        try (Forked founder = fork(SingleNode.config(folder, "one", port, port));
                Forked stranger = fork(SingleNode.config(folder, "two", Local.freePort(), port))) {
            founder.await("joined", LIMIT_SECONDS);

            int status = stranger.status(LIMIT_SECONDS);
            assertThat(status).as(stranger.text()).isEqualTo(2);
            assertThat(stranger.text())
                    .contains("NETWORK_DIFFERS: ")
                    .contains("start with that network's genesis file");
            assertThat(Files.readString(folder.resolve("data-one").resolve("node.log")))
                    .contains("NETWORK_DIFFERS: this cluster is of network");

            String metrics = founder.await("metrics", LIMIT_SECONDS);
            assertThat(read(metrics))
                    .contains("autonet_cluster_members 1.0", "autonet_fresh 1.0", "autonet_serving 1.0")
                    .contains("autonet_entities", "autonet_blobs_bytes", "jvm_memory_used_bytes");

            founder.terminate();
            assertThat(founder.status(LIMIT_SECONDS)).isZero();
            assertThat(founder.text()).contains("stopped");
        }
    }

    /** Its participant asks the network for a project, over the gateway that nobody else can reach. */
    @Test
    void node10_aNodeWithoutAGatewaySaysSoAndWorks() throws Exception {
        int port = Local.freePort();
        Path config = SingleNode.config(folder, "one", port, port);
        String nobodys = "project:" + "ab".repeat(32);
        Files.writeString(config, """

                autonet.gateway.port = -1
                autonet.work = [{ role = aggregator, identity = me }]
                autonet.project = "%s"
                """.formatted(nobodys), StandardOpenOption.APPEND);
        try (Forked node = fork(config)) {
            assertThat(node.await("gateway", LIMIT_SECONDS)).isEqualTo("none");
            node.await("waits for  " + nobodys + ": NO_SUCH_PROCESS: ", LIMIT_SECONDS);
            awaitMetric(node.await("metrics", LIMIT_SECONDS), "autonet_serving 1.0");
            node.terminate();
            assertThat(node.status(LIMIT_SECONDS)).isZero();
        }
        assertThat(SingleNode.refused("node", "--config", config + "", "--gateway-port", "-2"))
                .startsWith("FLAG_INVALID: autonet.gateway.port is -2")
                .contains("or -1 for none");
        assertThat(SingleNode.refused("node", "--config", config + "", "--cluster-port", "-1"))
                .startsWith("FLAG_INVALID: autonet.cluster.port is -1");
    }

    @Test
    void jrn13_aDataDirectoryOfAnotherNetworkIsRefused() throws Exception {
        int port = Local.freePort();
        Path mine = SingleNode.config(folder, "one", port, port);
        Path other = SingleNode.config(folder, "two", 0, 0);
        try (Forked node = fork(mine)) {
            node.await("joined", LIMIT_SECONDS);
            node.terminate();
            assertThat(node.status(LIMIT_SECONDS)).isZero();
        }
        String data = folder.resolve("data-one") + "";
        assertThat(SingleNode.refused("node", "--config", other + "", "--data-dir", data))
                .startsWith("JOURNAL_OTHER_NETWORK: " + data)
                .contains("start with that network's genesis file, or give this one another place")
                .hasLineCount(1);
    }

    /** What fails after the node has started is told, and ends the program with its own status. */
    @Test
    void node02_aNameThatNoIdentityCanHaveEndsTheRunningNodeWithStatusTwo() throws Exception {
        Path config = SingleNode.config(folder, "one", 0, 0);
        Files.writeString(
                config, "\nautonet.work = [{ role = aggregator, identity = \"My Key\" }]", StandardOpenOption.APPEND);
        try (Forked node = fork(config)) {
            assertThat(node.status(LIMIT_SECONDS)).isEqualTo(2);
            assertThat(node.text())
                    .contains("NAME_INVALID: 'My Key' cannot name an identity")
                    .doesNotContain("stopped");
        }
    }

    /** Longer away than the others wait, as a machine that sleeps. */
    @Test
    void node02_aNodeThatTheOthersGaveUpSaysSoInALineAndEndsWithStatusOne() throws Exception {
        int port = Local.freePort();
        Path config = SingleNode.config(folder, "one", port, port);
        try (Forked founder = fork(config)) {
            founder.await("joined", LIMIT_SECONDS);
            try (Forked second = second(config)) {
                second.await("{\"event\":\"joined\",\"up\":2}", LIMIT_SECONDS);
                second.suspend();
                awaitPattern(founder, "(?m)^cluster    node second \\(127.0.0.1:\\d+\\) is gone, 1 up$");
                second.resume();
                assertThat(second.status(LIMIT_SECONDS)).isEqualTo(1);
                assertThat(second.text())
                        .contains(
                                "CUT_OFF: the others could not reach this node and go on without it, so it has ended; ")
                        .doesNotContain("INTERNAL", "\tat ");
            }
        }
    }

    @Test
    void node09_membersAreToldInALineEachAndLibrariesWarnInTheLogFile() throws Exception {
        int port = Local.freePort();
        Path config = SingleNode.config(folder, "one", port, port);
        try (Forked founder = fork(config)) {
            founder.await("joined", LIMIT_SECONDS);
            try (Forked second = second(config)) {
                second.await("{\"event\":\"joined\",\"up\":2}", LIMIT_SECONDS);
                assertThat(founder.await("cluster    node second (", LIMIT_SECONDS))
                        .endsWith("has joined, 2 up");
                second.kill();
            }
            awaitPattern(founder, "(?m)^cluster    node second \\(127.0.0.1:\\d+\\) is gone, 1 up$");
            assertThat(founder.text())
                    .containsPattern("node second \\(127.0.0.1:\\d+\\) does not answer, 1 of 2 within reach")
                    .doesNotContain("WARN", "ERROR");
            assertThat(Files.readString(folder.resolve("data-one").resolve("node.log")))
                    .contains("WARN", "SplitBrainResolver");
        }
    }

    @Test
    void node04_aNodeWhoseJournalTakesNoMoreDoesNotServe() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/prlimit")),
                "left out: no prlimit of util-linux is here, which stands for a full disk");
        int port = Local.freePort();
        try (Forked node = fork(SingleNode.config(folder, "full", port, port))) {
            String metrics = node.await("metrics", LIMIT_SECONDS);
            node.await("joined", LIMIT_SECONDS);
            awaitMetric(metrics, "autonet_serving 1.0");
            // From now on no file of the node grows.
            var limit = new ProcessBuilder("/usr/bin/prlimit", "--pid", node.pid() + "", "--fsize=1").start();
            assertThat(limit.waitFor()).isZero();
            awaitMetric(metrics, "autonet_journal_answers 0.0");
            assertThat(read(metrics)).contains("autonet_serving 0.0");
        }
    }

    private static void awaitMetric(String address, String line) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        var never = new CountDownLatch(1);
        while (!read(address).contains("\n" + line + "\n")) {
            assertThat(System.nanoTime()).as(line).isLessThan(deadline);
            never.await(200, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void node09_aNodeThatNobodyLetsInSaysWhatItWaitsFor() throws Exception {
        int nobody = Local.freePort();
        try (Forked node = fork(SingleNode.config(folder, "lost", Local.freePort(), nobody))) {
            node.await("gateway", LIMIT_SECONDS);
            awaitPattern(
                    node,
                    "WARN +this node is not in its cluster yet: it waits for one of \\[127.0.0.1:" + nobody
                            + "\\] to let it in; it ends if that does not come within 120 s");
        }
    }

    @Test
    void node09_aFirstSeedThatWaitsForLeasesSaysSo() {
        var config = ConfigFactory.parseString("""
                autonet { journal = cassandra, lease.heartbeat-timeout = 10s }
                pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes = 120s
                """);
        var self = new Address("pekko", Node.SYSTEM, "a", 1);
        var other = new Address("pekko", Node.SYSTEM, "b", 2);
        assertThat(JoinNotice.sentence(config, List.of(self, other), self))
                .isEqualTo(
                        "this node is not in its cluster yet: it waits for one of [b:2] to let it in, or, as the first"
                                + " seed, for the leases of all others to end, at most 10 s after their last sign of life, to"
                                + " found the cluster; it ends if that does not come within 120 s");
    }

    /** A second node of the first one's network, which tells in JSON. */
    private Forked second(Path config) throws IOException {
        return Forked.start(
                folder.resolve("second-" + System.nanoTime() + ".txt"),
                List.of(),
                "node",
                "--config",
                config + "",
                "--name",
                "second",
                "--cluster-port",
                "0",
                "--data-dir",
                folder.resolve("data-second") + "",
                "--json");
    }

    @Test
    void node02_aNodeThatIsToldToStopLeavesItsClusterInsteadOfBeingMissed() throws Exception {
        int port = Local.freePort();
        Path config = SingleNode.config(folder, "one", port, port);
        try (Forked founder = fork(config)) {
            founder.await("joined", LIMIT_SECONDS);
            try (Forked second = second(config)) {
                second.await("{\"event\":\"joined\",\"up\":2}", LIMIT_SECONDS);
                second.terminate();
                assertThat(second.status(LIMIT_SECONDS)).isZero();
                assertThat(second.text()).contains("{\"event\":\"stopped\"}").doesNotContain("is gone", "has left");
            }
            awaitPattern(founder, "(?m)^cluster    node second \\(127.0.0.1:\\d+\\) has left, 1 up$");
        }
    }

    private static void awaitPattern(Forked node, String pattern) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        var never = new CountDownLatch(1);
        Pattern compiled = Pattern.compile(pattern);
        while (!compiled.matcher(node.text()).find()) {
            assertThat(System.nanoTime())
                    .as("no %s in%n%s", pattern, node.text())
                    .isLessThan(deadline);
            never.await(50, TimeUnit.MILLISECONDS);
        }
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
}

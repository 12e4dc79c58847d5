package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.disk.OwnedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.pekko.actor.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Its participant asks the network for a project, over the gateway that nobody else can reach. */
    @Test
    void node10_aNodeWithoutAGatewaySaysSoAndWorks() throws Exception {
        int port = Local.freePort();
        Path config = config("one", port, port);
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
        assertThat(refused("node", "--config", config + "", "--gateway-port", "-2"))
                .startsWith("FLAG_INVALID: autonet.gateway.port is -2")
                .contains("or -1 for none");
        assertThat(refused("node", "--config", config + "", "--cluster-port", "-1"))
                .startsWith("FLAG_INVALID: autonet.cluster.port is -1");
    }

    @Test
    void jrn13_aDataDirectoryOfAnotherNetworkIsRefused() throws Exception {
        int port = Local.freePort();
        Path mine = config("one", port, port);
        Path other = config("two", 0, 0);
        try (Forked node = fork(mine)) {
            node.await("joined", LIMIT_SECONDS);
            node.terminate();
            assertThat(node.status(LIMIT_SECONDS)).isZero();
        }
        String data = folder.resolve("data-one") + "";
        assertThat(refused("node", "--config", other + "", "--data-dir", data))
                .startsWith("JOURNAL_OTHER_NETWORK: " + data)
                .contains("start with that network's genesis file, or give this one another place")
                .hasLineCount(1);
    }

    @Test
    void node11_aDataDirectoryThatAnotherProcessOwnsIsRefused() throws Exception {
        Path config = config("one", 0, 0);
        Path data = folder.resolve("data-one");
        try (OwnedFile first = OwnedFile.take(data, "owner.lock").orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(refused("node", "--config", config + ""))
                    .startsWith("DATA_DIR_IN_USE: " + data + " belongs to the running process "
                            + ProcessHandle.current().pid())
                    .hasLineCount(1);
        }
    }

    @Test
    void aPortThatIsNoneIsRefusedByTheDatabaseToo() {
        assertThat(refused("cassandra", "--port", "99999"))
                .startsWith("FLAG_INVALID: --port 99999; give a port from 1 to 65535")
                .hasLineCount(1);
    }

    private String refused(String... arguments) {
        PrintStream before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(arguments)).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "gateway", "operator", "metrics"})
    void node08_aPortThatCannotBeHadIsTheUsersErrorAndOneLine(String topic) throws Exception {
        String config = config("one", 0, 0) + "";
        String flag = "--" + topic + "-port";
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = other.getLocalPort() + "";
            assertThat(refused("node", "--config", config, flag, port))
                    .isEqualToIgnoringNewLines("PORT_IN_USE: the " + topic + " cannot listen at 127.0.0.1:" + port
                            + ", where another program does; choose another port, or 0 for any free one, with autonet."
                            + topic + ".port, " + flag + " or AUTONET_" + topic.toUpperCase(Locale.ROOT) + "_PORT");
        }
        assertThat(refused("node", "--config", config, flag, "99999"))
                .startsWith("FLAG_INVALID: autonet." + topic + ".port is 99999 (flag " + flag + ")")
                .hasLineCount(1);
    }

    @Test
    void node02_whatNamesNothingIsRefusedBeforeTheNodeStarts() throws Exception {
        String config = config("one", 0, 0) + "";
        assertThat(refused("node", "--config", config, "--gateway-host", "8.8.8.8"))
                .startsWith("HOST_UNUSABLE: the gateway cannot listen at 8.8.8.8");
        assertThat(refused("node", "--config", config, "--cluster-seeds", "here"))
                .startsWith("CONFIG_INVALID: autonet.cluster.seeds has 'here'; write HOST:PORT");
        assertThat(refused("node", "--config", config, "--sponsors", "me"))
                .startsWith("CONFIG_INVALID: autonet.sponsors has 'me'");
        assertThat(refused("node", "--config", config, "--project", "mine"))
                .startsWith("CONFIG_INVALID: autonet.project is 'mine'");
        String account = "account:" + "ab".repeat(32);
        assertThat(refused("node", "--config", config, "--project", account))
                .startsWith("CONFIG_INVALID: autonet.project is '" + account + "'");
        Path empty = Files.createFile(folder.resolve("empty.password"));
        assertThat(refused(
                        "node",
                        "--config",
                        config,
                        "--keystore-file",
                        folder.resolve("new.p12") + "",
                        "--keystore-password-file",
                        empty + ""))
                .startsWith("PASSWORD_MISSING: " + empty + " is empty");
        assertThat(refused("node", "--config", config, "--work", "{ role = aggregator"))
                .startsWith("CONFIG_INVALID: ");
    }

    /** What fails after the node has started is told, and ends the program with its own status. */
    @Test
    void node02_aNameThatNoIdentityCanHaveEndsTheRunningNodeWithStatusTwo() throws Exception {
        Path config = config("one", 0, 0);
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
        Path config = config("one", port, port);
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
        Path config = config("one", port, port);
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
        try (Forked node = fork(config("full", port, port))) {
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
        try (Forked node = fork(config("lost", Local.freePort(), nobody))) {
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
        Path config = config("one", port, port);
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

    @Test
    void aNetworkThatWasNeverMadeIsNamedWithTheCommandThatMakesIt() throws Exception {
        Path config = Files.writeString(folder.resolve("early.conf"), "include required(\"network/network.conf\")");
        assertThatThrownBy(() -> Settings.parseFile(config))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("NETWORK_MISSING")
                .hasMessageContaining("network create --out " + folder.resolve("network"));
    }

    @Test
    void aJobThatCannotBeDoneIsRefusedBeforeTheNodeStarts() throws Exception {
        Path config = config("one", 0, 0);
        Files.writeString(config, "\nautonet.work = [{ role = solver, identity = me }]", StandardOpenOption.APPEND);
        assertThat(Main.run("node", "--config", config + "")).isEqualTo(2);

        Files.writeString(config, "\nautonet.work = [{ role = king, identity = me }]", StandardOpenOption.APPEND);
        assertThat(Main.run("node", "--config", config + "")).isEqualTo(2);

        String solver =
                "{ role = solver, identity = me, data { set = %s, seed = 1, share = %d, shares = 3, split = %s } }";
        assertThat(refused("node", "--config", config + "", "--work", solver.formatted("digitz", 0, "iid")))
                .contains("digitz");
        assertThat(refused("node", "--config", config + "", "--work", solver.formatted("digits", 3, "iid")))
                .startsWith("DATA_INVALID: share 3 of 3");
        assertThat(refused("node", "--config", config + "", "--work", solver.formatted("digits", 0, "even")))
                .contains("even");
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

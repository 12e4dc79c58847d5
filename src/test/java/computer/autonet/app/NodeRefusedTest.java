package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.adapter.disk.OwnedFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user got wrong is told in a line before a node has joined anything, with status 2. */
class NodeRefusedTest {
    @TempDir
    private Path folder;

    @Test
    void node02_settingsThatCannotBeUsedEndWithStatusTwo() throws Exception {
        Path config = SingleNode.config(folder, "one", 0, 0);

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
    void node11_aDataDirectoryThatAnotherProcessOwnsIsRefused() throws Exception {
        Path config = SingleNode.config(folder, "one", 0, 0);
        Path data = folder.resolve("data-one");
        try (OwnedFile first = OwnedFile.take(data, "owner.lock").orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(SingleNode.refused("node", "--config", config + ""))
                    .startsWith("DATA_DIR_IN_USE: " + data + " belongs to the running process "
                            + ProcessHandle.current().pid())
                    .hasLineCount(1);
        }
    }

    @Test
    void aPortThatIsNoneIsRefusedByTheDatabaseToo() {
        assertThat(SingleNode.refused("cassandra", "--port", "99999"))
                .startsWith("FLAG_INVALID: --port 99999; give a port from 1 to 65535")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "gateway", "operator", "metrics"})
    void node08_aPortThatCannotBeHadIsTheUsersErrorAndOneLine(String topic) throws Exception {
        String config = SingleNode.config(folder, "one", 0, 0) + "";
        String flag = "--" + topic + "-port";
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = other.getLocalPort() + "";
            assertThat(SingleNode.refused("node", "--config", config, flag, port))
                    .isEqualToIgnoringNewLines("PORT_IN_USE: the " + topic + " cannot listen at 127.0.0.1:" + port
                            + ", where another program does; choose another port, or 0 for any free one, with autonet."
                            + topic + ".port, " + flag + " or AUTONET_" + topic.toUpperCase(Locale.ROOT) + "_PORT");
        }
        assertThat(SingleNode.refused("node", "--config", config, flag, "99999"))
                .startsWith("FLAG_INVALID: autonet." + topic + ".port is 99999 (flag " + flag + ")")
                .hasLineCount(1);
    }

    @Test
    void node02_whatNamesNothingIsRefusedBeforeTheNodeStarts() throws Exception {
        String config = SingleNode.config(folder, "one", 0, 0) + "";
        assertThat(SingleNode.refused("node", "--config", config, "--gateway-host", "8.8.8.8"))
                .startsWith("HOST_UNUSABLE: the gateway cannot listen at 8.8.8.8");
        assertThat(SingleNode.refused("node", "--config", config, "--cluster-seeds", "here"))
                .startsWith("CONFIG_INVALID: autonet.cluster.seeds has 'here'; write HOST:PORT");
        assertThat(SingleNode.refused("node", "--config", config, "--sponsors", "me"))
                .startsWith("CONFIG_INVALID: autonet.sponsors has 'me'");
        assertThat(SingleNode.refused("node", "--config", config, "--project", "mine"))
                .startsWith("CONFIG_INVALID: autonet.project is 'mine'");
        String account = "account:" + "ab".repeat(32);
        assertThat(SingleNode.refused("node", "--config", config, "--project", account))
                .startsWith("CONFIG_INVALID: autonet.project is '" + account + "'");
        Path empty = Files.createFile(folder.resolve("empty.password"));
        assertThat(SingleNode.refused(
                        "node",
                        "--config",
                        config,
                        "--keystore-file",
                        folder.resolve("new.p12") + "",
                        "--keystore-password-file",
                        empty + ""))
                .startsWith("PASSWORD_MISSING: " + empty + " is empty");
        assertThat(SingleNode.refused("node", "--config", config, "--work", "{ role = aggregator"))
                .startsWith("CONFIG_INVALID: ");
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
        Path config = SingleNode.config(folder, "one", 0, 0);
        Files.writeString(config, "\nautonet.work = [{ role = solver, identity = me }]", StandardOpenOption.APPEND);
        assertThat(Main.run("node", "--config", config + "")).isEqualTo(2);

        Files.writeString(config, "\nautonet.work = [{ role = king, identity = me }]", StandardOpenOption.APPEND);
        assertThat(Main.run("node", "--config", config + "")).isEqualTo(2);

        String solver =
                "{ role = solver, identity = me, data { set = %s, seed = 1, share = %d, shares = 3, split = %s } }";
        assertThat(SingleNode.refused("node", "--config", config + "", "--work", solver.formatted("digitz", 0, "iid")))
                .contains("digitz");
        assertThat(SingleNode.refused("node", "--config", config + "", "--work", solver.formatted("digits", 3, "iid")))
                .startsWith("DATA_INVALID: share 3 of 3");
        assertThat(SingleNode.refused("node", "--config", config + "", "--work", solver.formatted("digits", 0, "even")))
                .contains("even");
    }
}

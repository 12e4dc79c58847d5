package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags that cannot be meant end with status 2 and say what to write instead. */
class DemoFlagsTest {
    private static final int THEIR_FAULT = 2;

    @TempDir
    Path folder;

    private String refused(String... arguments) {
        PrintStream before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(arguments)).isEqualTo(THEIR_FAULT);
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--rounds;11;ask for 1 to 10 rounds",
                "--rounds;0;ask for at least 1",
                "--rounds;many;'many' is not an int",
                "--solvers;1;ask for 2 to 32",
                "--coordinators;2;ask for 3 to 32",
                "--adversary;solver:lazy;'solver:lazy' does not fit: lazy is a kind of coordinator",
                "--adversary;solver:liar;write one of proposer:withhold, solver:random, solver:copycat",
                "--adversary;judge;write one of proposer:withhold, solver:random, solver:copycat",
                "--gateway-port;-1;give a port, or 0 for any free one",
                "--gateway-port;99999;FLAG_INVALID: autonet.gateway.port is 99999 (flag --gateway-port); give a port",
                "--dataset;/nowhere;/nowhere",
                "--model;forest;mlp",
                "--split;even;iid",
                "--pace;2;Unknown option"
            })
    void eachNamesTheRemedy(String flag, String value, String remedy) {
        assertThat(refused("demo", "--data-dir", folder.toString(), flag, value))
                .contains(remedy);
    }

    @Test
    void aTakenPortIsToldWithTheFlagThatCuresItAndLeavesNoFolder() throws Exception {
        Path fresh = folder.resolve("fresh");
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = refused("demo", "--data-dir", fresh + "", "--gateway-port", other.getLocalPort() + "");
            assertThat(said)
                    .startsWith("PORT_IN_USE: the gateway cannot listen at 127.0.0.1:" + other.getLocalPort())
                    .contains("--gateway-port")
                    .hasLineCount(1);
        }
        assertThat(fresh).doesNotExist();
    }

    @Test
    void aFolderOfAnotherDemoIsRefused() throws Exception {
        Files.writeString(folder.resolve("demo"), "rounds=7 of another demo\n");
        assertThat(refused("demo", "--data-dir", folder.toString()))
                .contains("DATA_DIR_OF_ANOTHER_DEMO")
                .contains("use the same flags, or another --data-dir");
    }

    @Test
    void anUnknownBenchIsRefused() {
        assertThat(refused("bench", "speed")).contains("BENCH_UNKNOWN").contains("submit");
    }
}

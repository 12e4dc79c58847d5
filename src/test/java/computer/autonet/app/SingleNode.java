package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One node from the command line: its settings, and what it is refused with. */
final class SingleNode {
    private SingleNode() {}

    /** A node of a network of its own name, on an embedded journal, that joins the seed. */
    static Path config(Path folder, String network, int port, int seed) throws IOException {
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

    /** What the program says as it ends with the status of a user's error. */
    static String refused(String... arguments) {
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
}

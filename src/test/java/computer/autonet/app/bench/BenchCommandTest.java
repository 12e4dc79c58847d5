package computer.autonet.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The measurements that need no node, for as short a time as they can be asked for. */
class BenchCommandTest {
    private static JsonNode figures(String name) throws IOException {
        PrintStream before = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(new BenchCommand()).execute(name, "--seconds", "1", "--json"))
                    .isZero();
        } finally {
            System.setOut(before);
            System.clearProperty("autonet.terminal.level");
        }
        // What other tests left running in this JVM may log to stdout meanwhile.
        String out = printed.toString(StandardCharsets.UTF_8);
        JsonNode all = new ObjectMapper().readTree(out.substring(out.lastIndexOf("\n{") + 1));
        assertThat(names(all)).containsExactly(name, "machine");
        assertThat(names(all.get("machine"))).containsExactlyInAnyOrder("cores", "java", "os");
        assertThat(all.get("machine").get("cores").intValue()).isPositive();
        return all.get(name);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void anEpochIsMeasuredInMilliseconds() throws IOException {
        JsonNode yuma = figures("yuma");
        assertThat(names(yuma)).containsExactlyInAnyOrder("rows", "columns", "epochMillis");
        assertThat(yuma.get("rows").intValue()).isEqualTo(256);
        assertThat(yuma.get("columns").intValue()).isEqualTo(1_024);
        assertThat(yuma.get("epochMillis").doubleValue()).isBetween(0.1, 60_000.0);
    }

    @Test
    void averagingIsMeasuredInGigabytesPerSecond() throws IOException {
        JsonNode fedavg = figures("fedavg");
        assertThat(names(fedavg)).containsExactlyInAnyOrder("updates", "parameters", "gigabytesPerSecond");
        assertThat(fedavg.get("updates").intValue()).isEqualTo(8);
        assertThat(fedavg.get("parameters").intValue()).isEqualTo(4_000_000);
        assertThat(fedavg.get("gigabytesPerSecond").doubleValue()).isBetween(0.001, 1_000.0);
    }
}

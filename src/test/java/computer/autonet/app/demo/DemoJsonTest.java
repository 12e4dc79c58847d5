package computer.autonet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The object that {@code demo --json} ends with, and a demo on images from a folder. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DemoJsonTest {
    private static final int SIDE = 8;
    private static final int CLASSES = 10;

    @TempDir
    Path folder;

    /** Images whose class can be seen: every tenth pixel is bright, and which of them tells it. */
    private void images(String name, int count) throws IOException {
        var random = new SplittableRandom(count);
        ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
        images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        labels.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            labels.put((byte) (i % CLASSES));
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                int light = pixel % CLASSES == i % CLASSES ? 200 : 0;
                images.put((byte) (light + random.nextInt(50)));
            }
        }
        Files.write(folder.resolve(name + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
    }

    private record Printed(int status, String out, String err) {}

    private static Printed command(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var printed = new ByteArrayOutputStream();
        var told = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            int status = new CommandLine(new DemoCommand()).execute(arguments);
            return new Printed(status, printed.toString(StandardCharsets.UTF_8), told.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
            System.clearProperty("autonet.terminal.level");
        }
    }

    private static void assertFields(JsonNode object, List<String> promised, List<String> more) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        List<String> all = new ArrayList<>(promised);
        all.addAll(more);
        assertThat(names).containsExactlyInAnyOrderElementsOf(all);
    }

    /** What was promised to other programs, and beside it what they may meet. */
    @Test
    void aRoundOnAFolderOfUnevenlySharedImagesEndsWithOneObjectThatHasThesePartsAndNoOthers() throws Exception {
        images("train", 600);
        images("t10k", 100);
        Printed printed = command(
                "--json",
                "--rounds",
                "1",
                "--dataset",
                folder.toString(),
                "--model",
                "cnn",
                "--split",
                "dirichlet:0.5",
                "--data-dir",
                folder.resolve("demo").toString());
        assertThat(printed.status()).as(printed.err()).isZero();
        assertThat(printed.err())
                .startsWith("Autonet demo: cnn")
                .contains(" on " + folder + ", 1 rounds, 8 participants");

        // What other tests left running in this JVM may log to stdout meanwhile.
        String object = printed.out().substring(printed.out().lastIndexOf("\n{") + 1);
        JsonNode demo = new ObjectMapper().readTree(object);
        assertFields(
                demo,
                List.of("rounds", "finalAccuracy", "centralAccuracy", "participants", "ledger", "log", "seconds"),
                List.of("project", "network"));
        assertThat(demo.get("rounds")).hasSize(1);
        for (JsonNode round : demo.get("rounds")) {
            assertFields(
                    round,
                    List.of("round", "accuracy", "loss", "accepted", "rejected", "model"),
                    List.of("attempt", "silent", "openedMillis", "publishedMillis"));
            assertThat(round.get("round").intValue()).isEqualTo(1);
            assertThat(round.get("accepted").intValue() + round.get("rejected").intValue())
                    .isEqualTo(3);
            assertThat(round.get("accuracy")).isEqualTo(demo.get("finalAccuracy"));
            assertThat(round.get("loss").isDouble()).isTrue();
            assertThat(round.get("model").textValue()).matches("[0-9a-f]{64}");
        }
        assertThat(demo.get("finalAccuracy").doubleValue()).isBetween(0.5, 1.0);
        assertThat(demo.get("centralAccuracy").doubleValue()).isBetween(0.5, 1.0);
        assertThat(demo.get("participants")).hasSize(8);
        for (JsonNode participant : demo.get("participants")) {
            assertFields(participant, List.of("id", "role", "behaviour", "earned", "slashed"), List.of("address"));
            assertThat(participant.get("id").textValue())
                    .startsWith(participant.get("role").textValue() + "-");
            assertThat(participant.get("behaviour").textValue()).isEqualTo("honest");
            assertThat(participant.get("earned").isNumber()).isTrue();
            assertThat(participant.get("slashed").isNumber()).isTrue();
        }
        assertFields(demo.get("ledger"), List.of("issued", "held"), List.of());
        assertThat(demo.get("ledger").get("issued").isNumber()).isTrue();
        assertThat(demo.get("ledger").get("held")).isEqualTo(demo.get("ledger").get("issued"));
        assertFields(demo.get("log"), List.of("processes", "messages", "entries", "path"), List.of());
        assertThat(Path.of(demo.get("log").get("path").textValue()).resolve("manifest.json"))
                .exists();
        assertThat(demo.get("log").get("entries").longValue())
                .isGreaterThan(demo.get("log").get("messages").longValue());
        assertThat(demo.get("seconds").doubleValue()).isPositive();
    }
}

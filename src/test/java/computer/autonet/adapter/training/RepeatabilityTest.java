package computer.autonet.adapter.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TRAIN-08: class cpu-1, the same bits for the same recipe, in one JVM and across several. */
class RepeatabilityTest {
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void theSameRecipeTwiceInOneJvmGivesTheSameBits() {
        var trainer = new PyTorchTrainer(PyTorchTrainer.defaultCache());

        assertThat(TrainOnce.outcome(trainer)).isEqualTo(TrainOnce.outcome(trainer));
    }

    /** Both also find the engine's folder empty and unpack it at the same moment. */
    @Test
    void twoJvmsThatStartAtOnceOnAnEmptyCacheGiveTheSameBitsAsThisOne() throws Exception {
        Path cache = folder.resolve("engine");
        List<Process> processes = new ArrayList<>();
        try {
            processes.add(start(cache, folder.resolve("a")));
            processes.add(start(cache, folder.resolve("b")));
            String here = TrainOnce.outcome(new PyTorchTrainer(PyTorchTrainer.defaultCache()));
            for (Process process : processes) {
                assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                        .as("ended in time")
                        .isTrue();
            }
            assertThat(results(folder.resolve("a"))).isEqualTo(here);
            assertThat(results(folder.resolve("b"))).isEqualTo(here);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** The engine logs to the same stream: results are the lines that start with a model's name. */
    private static String results(Path output) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
            if (line.startsWith("mlp ") || line.startsWith("cnn ")) {
                lines.append(line).append('\n');
            }
        }
        assertThat(lines).as("results in %s", Files.readString(output)).isNotEmpty();
        return lines.toString();
    }

    private static Process start(Path cache, Path output) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                TrainOnce.class.getName(),
                cache.toString());
        builder.environment().putAll(Pins.required());
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}

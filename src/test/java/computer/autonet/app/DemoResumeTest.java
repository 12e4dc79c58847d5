package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import computer.autonet.audit.ExportFolder;
import computer.autonet.audit.Verifier;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demo that was killed goes on from its journal. */
class DemoResumeTest {
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void aDemoKilledAfterItsFirstRoundFinishesWhenItIsStartedAgain() throws Exception {
        String[] flags = {"demo", "--rounds", "3", "--seed", "1", "--json", "--data-dir", folder.resolve("demo") + ""};
        try (Forked first = Forked.start(folder.resolve("first.txt"), List.of(), flags)) {
            first.await("    1 ", LIMIT_SECONDS);
            first.kill();
        }
        try (Forked second = Forked.start(folder.resolve("second.txt"), List.of(), flags)) {
            assertThat(second.status(LIMIT_SECONDS)).as(second.text()).isZero();
            assertThat(second.text()).contains("resuming from the journal");
            JsonNode result = result(second.text());
            assertThat(result.get("rounds")).hasSize(3);
            assertThat(result.get("rounds").findValuesAsText("round")).containsExactly("1", "2", "3");
            Path export = Path.of(result.get("log").get("path").asText());
            assertThat(new Verifier(new ExportFolder(export)).verify().holds()).isTrue();
        }
    }

    private static JsonNode result(String output) throws Exception {
        return new ObjectMapper().readTree(output.substring(output.indexOf("\n{") + 1));
    }
}

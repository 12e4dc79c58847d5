package computer.autonet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import computer.autonet.audit.ExportFolder;
import computer.autonet.audit.Verifier;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo at reduced length: a real node, real training, the real journal. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoTest {
    private static final BigDecimal REWARD = new BigDecimal(1_000);

    @TempDir
    Path folder;

    private DemoOptions options(int rounds, String... adversaries) {
        var options = new DemoOptions();
        options.rounds = rounds;
        options.dataDir = folder;
        options.adversaries = List.of(adversaries);
        return options;
    }

    @Test
    void theDefaultDemoTrainsPaysAndPublishesAndTellsItAgainFromItsJournal() throws Exception {
        Ran ran = Ran.demo(options(3));
        DemoResult result = ran.result();
        assertThat(result.rounds()).extracting(DemoResult.Round::round).containsExactly(1, 2, 3);
        assertThat(result.rounds())
                .allSatisfy(round -> assertThat(round.accepted() + round.rejected() + round.silent())
                        .as("every solver of round %d", round.round())
                        .isEqualTo(3));
        JsonNode json = new ObjectMapper().valueToTree(result);
        assertThat(json.get("rounds").get(0).has("silent")).isTrue();
        assertThat(json.get("participants").get(0).get("earned").isNumber()).isTrue();
        assertThat(json.get("ledger").get("held").isNumber()).isTrue();
        assertThat(result.finalAccuracy()).isGreaterThan(0.93);
        assertThat(result.centralAccuracy() - result.finalAccuracy()).isLessThan(0.03);
        assertThat(result.participants()).hasSize(8).allSatisfy(p -> {
            assertThat(p.behaviour()).isEqualTo("honest");
            assertThat(p.earned()).isPositive();
        });
        assertThat(ran.earned()).isBetween(new BigDecimal("2999.99"), new BigDecimal(3_000));
        assertThat(result.ledger().held()).isEqualByComparingTo(result.ledger().issued());
        assertThat(new Verifier(new ExportFolder(Path.of(result.log().path())))
                        .verify()
                        .holds())
                .isTrue();
        assertThat(ran.screen().lines().filter(line -> line.matches(" +\\d+ +\\d+\\.\\d\\d%.*")))
                .as("a line per round")
                .hasSize(3);

        Ran again = Ran.demo(options(3));
        assertThat(again.result().rounds()).isEqualTo(result.rounds());
        assertThat(again.result().participants()).isEqualTo(result.participants());
        // The first log was written when the last round was over, with messages of it still on their way.
        assertThat(again.result().log().entries())
                .isGreaterThanOrEqualTo(result.log().entries());
        assertThat(Ran.demo(options(3)).result().log().entries())
                .as("told again it does not grow")
                .isEqualTo(again.result().log().entries());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "solver:random",
                "solver:copycat",
                "solver:silent",
                "solver:signflip",
                "coordinator:lazy",
                "coordinator:copy",
                "coordinator:liar",
                "proposer:withhold",
                "solver:random coordinator:liar"
            })
    void besideAnAdversaryAllRoundsFinishAndItEarnsLess(String kinds) throws Exception {
        var options = options(2, kinds.split(" "));
        if (kinds.contains("withhold")) {
            // Else chance may give it no turn in so few rounds. In the first one it might not have joined yet.
            while (!Ran.withheld(options).equals(List.of(2))) {
                options.seed++;
                assertThat(options.seed).as("one in four seeds fits").isLessThan(1_000);
            }
        }
        Ran ran = Ran.demo(options);
        DemoResult result = ran.result();
        assertThat(result.rounds()).hasSize(options.rounds);
        if (kinds.contains("withhold")) {
            assertThat(result.rounds().get(1).attempt())
                    .as("the attempt that published round 2")
                    .isGreaterThan(1);
        }
        assertThat(result.finalAccuracy()).isGreaterThan(0.93);
        assertThat(result.ledger().held()).isEqualByComparingTo(result.ledger().issued());
        assertThat(ran.adversaries()).hasSize(options.adversaries.size());
        for (DemoResult.Participant adversary : ran.adversaries()) {
            assertThat(ran.honest(adversary.role()))
                    .as("the honest")
                    .isNotEmpty()
                    .allSatisfy(honest -> assertThat(Ran.net(honest)).isPositive());
            assertThat(Ran.net(adversary).multiply(BigDecimal.valueOf(2)))
                    .as("twice the net of %s", adversary)
                    .isLessThanOrEqualTo(ran.lowestNet(adversary.role()));
            if (Ran.breaksCommitments(adversary)) {
                assertThat(adversary.slashed())
                        .as("what a broken commitment costs %s", adversary)
                        .isPositive();
            }
        }
    }

    @Test
    void aKilledDemoGoesOnWhereItWasAndPaysNobodyTwice() throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "computer.autonet.app.Main",
                "demo",
                "--rounds",
                "3",
                "--data-dir",
                folder.toString()));
        Process demo = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String firstRound;
        try (var out = new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8))) {
            firstRound = out.lines()
                    .filter(line -> line.matches(" +1 +\\d+\\.\\d\\d%.*"))
                    .findFirst()
                    .orElse("");
            demo.destroyForcibly().waitFor();
        } finally {
            demo.destroyForcibly();
        }
        assertThat(firstRound).as("the round that was shown before the kill").isNotEmpty();

        Ran ran = Ran.demo(options(3));
        assertThat(ran.screen()).contains("resuming from the journal").contains(firstRound);
        assertThat(ran.result().rounds()).extracting(DemoResult.Round::round).containsExactly(1, 2, 3);
        assertThat(ran.earned()).isLessThanOrEqualTo(REWARD.multiply(BigDecimal.valueOf(3)));
        assertThat(ran.result().ledger().held())
                .isEqualByComparingTo(ran.result().ledger().issued());
    }
}

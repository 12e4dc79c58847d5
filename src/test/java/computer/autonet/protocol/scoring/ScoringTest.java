package computer.autonet.protocol.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules SCORE-01 to SCORE-08, each by its sentence. */
class ScoringTest {
    private static final Identity SUE = new Identity(Hash.of(filled(1)));
    private static final Identity TOM = new Identity(Hash.of(filled(2)));
    private static final Hash SEEN = Hash.digest("seen");
    private static final Hash INVENTED = Hash.digest("invented");

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static OpenedVote vote(int coordinator, long stake, Hash evidence, long sue, long tom) {
        return new OpenedVote(
                new Identity(Hash.of(filled(coordinator))),
                Amount.ofTokens(stake),
                Tables.copyOf(Map.of(SUE, sue, TOM, tom)),
                evidence);
    }

    private static Agreement among(long seated, OpenedVote... votes) {
        return Agreement.among(List.of(votes), Amount.ofTokens(seated), List.of(SUE, TOM));
    }

    @Test
    void score01ALossIsRoundedToMicroNatsAndABrokenModelHasTheLargest() {
        assertThat(Losses.quantise(0.0)).isZero();
        assertThat(Losses.quantise(0.25)).isEqualTo(250_000);
        assertThat(Losses.quantise(0.0000005)).isEqualTo(1);
        assertThat(Losses.quantise(0.0000004)).isZero();
        assertThat(Losses.quantise(1e30)).isEqualTo(Losses.MAX_MICRO_NATS);
        assertThat(Losses.quantise(Double.POSITIVE_INFINITY)).isEqualTo(Losses.MAX_MICRO_NATS);
        assertThat(Losses.quantise(Double.NaN)).isEqualTo(Losses.MAX_MICRO_NATS);
        assertThatThrownBy(() -> Losses.quantise(-0.1)).hasMessageContaining("never negative");
    }

    @Test
    void score02ASolverIsWorthWhatTheAverageLosesWithoutIt() {
        var losses = new Losses(300_000, Tables.copyOf(Map.of(SUE, 350_000L, TOM, 280_000L)));
        assertThat(losses.scores()).isEqualTo(Map.of(SUE, 60_000L, TOM, 0L));
        assertThat(new Losses(300_000, Tables.copyOf(Map.of(SUE, 295_000L))).scores())
                .isEqualTo(Map.of(SUE, 5_000L));
        assertThatThrownBy(() -> new Losses(-1, Tables.empty())).hasMessageContaining("micro-nats");
    }

    @Test
    void score03TheDigestIsThatOfTheSpecifiedBytes() {
        int[] base = {0, 1};
        int[] all = {2, 65_535};
        var without = Tables.copyOf(Map.of(SUE, new int[] {4, 5}, TOM, new int[] {6, 7}));

        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Hash.digest("autonet/evidence/1").toArray());
        bytes.writeBytes(new byte[] {0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 2, -1, -1});
        bytes.writeBytes(filled(1));
        bytes.writeBytes(filled(2));
        bytes.writeBytes(new byte[] {0, 4, 0, 5, 0, 6, 0, 7});
        assertThat(EvidenceDigest.of(base, all, without)).isEqualTo(Hash.digest(bytes.toByteArray()));
    }

    @Test
    void score03EveryPredictionCounts() {
        var without = Tables.copyOf(Map.of(SUE, new int[] {4, 5}));
        Hash digest = EvidenceDigest.of(new int[] {0, 1}, new int[] {2, 3}, without);
        assertThat(EvidenceDigest.of(new int[] {0, 0}, new int[] {2, 3}, without))
                .isNotEqualTo(digest);
        assertThat(EvidenceDigest.of(new int[] {0, 1}, new int[] {2, 2}, without))
                .isNotEqualTo(digest);
        assertThat(EvidenceDigest.of(new int[] {0, 1}, new int[] {2, 3}, Tables.copyOf(Map.of(SUE, new int[] {4, 4}))))
                .isNotEqualTo(digest);
        assertThatThrownBy(() -> EvidenceDigest.of(new int[] {0}, new int[] {2, 3}, without))
                .hasMessageContaining("same 1 samples");
        assertThatThrownBy(() -> EvidenceDigest.of(new int[] {-1}, new int[] {0}, Tables.empty()))
                .hasMessageContaining("between 0 and 65535");
    }

    @Test
    void score04TheMedianIsWhereTheStakePassesHalf() {
        assertThat(median(5, 1, 7, 1, 9, 1)).isEqualTo(7);
        assertThat(median(5, 1, 9, 1)).isEqualTo(9);
        assertThat(median(5, 3, 9, 2)).isEqualTo(5);
        assertThat(median(5, 0, 9, 2)).isEqualTo(9);
        assertThatThrownBy(() -> median(5, 0)).hasMessageContaining("no score has stake");
    }

    private static long median(long... scoresAndStakes) {
        var backed = new ArrayList<StakeMedian.Backed>();
        for (int i = 0; i < scoresAndStakes.length; i += 2) {
            backed.add(new StakeMedian.Backed(scoresAndStakes[i], Amount.ofTokens(scoresAndStakes[i + 1])));
        }
        return StakeMedian.of(backed);
    }

    @Test
    void score04HalfOfTheStakeOrLessCannotMoveTheMedianBeyondTheOthers() {
        long seed = 3;
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            var backed = new ArrayList<StakeMedian.Backed>();
            long honest = 0;
            for (int i = 0; i < 5; i++) {
                long stake = 1L + random.nextInt(100);
                honest += stake;
                backed.add(new StakeMedian.Backed(1_000L + random.nextInt(10), Amount.ofTokens(stake)));
            }
            backed.add(new StakeMedian.Backed(random.nextLong(10_000), Amount.ofTokens(honest - 1)));
            assertThat(StakeMedian.of(backed))
                    .as("seed %d, round %d", seed, round)
                    .isBetween(1_000L, 1_009L);
        }
    }

    @Test
    void score05ADigestNeedsMoreThanHalfOfTheSeatedStake() {
        assertThat(among(1_000, vote(5, 500, SEEN, 1, 1))).isEqualTo(new Agreement.Missing(false));
        assertThat(among(1_000, vote(5, 501, SEEN, 1, 1))).isInstanceOf(Agreement.Reached.class);
        assertThat(among(1_000, vote(5, 500, SEEN, 1, 1), vote(6, 500, INVENTED, 1, 1)))
                .isEqualTo(new Agreement.Missing(false));
        assertThat(among(1_000)).isEqualTo(new Agreement.Missing(false));
    }

    @Test
    void score06WhoInventsItsEvidenceOrItsScoresDoesNotStand() {
        var honest = vote(5, 450, SEEN, 50_000, 9_000);
        var near = vote(6, 250, SEEN, 52_000, 7_000);
        var far = vote(7, 200, SEEN, 52_001, 9_000);
        var lazy = vote(8, 100, INVENTED, 50_000, 9_000);
        var reached = (Agreement.Reached) among(1_000, lazy, far, near, honest);
        assertThat(reached.evidence()).isEqualTo(SEEN);
        assertThat(reached.median()).isEqualTo(Map.of(SUE, 50_000L, TOM, 9_000L));
        assertThat(reached.standing()).containsExactly(honest, near);
        assertThat(reached.deviating()).containsExactly(far.coordinator(), lazy.coordinator());
    }

    @Test
    void score07ADigestAloneIsNoAgreement() {
        assertThat(among(1_000, vote(5, 340, SEEN, 0, 0), vote(6, 330, SEEN, 5_000, 0), vote(7, 330, SEEN, 10_000, 0)))
                .isEqualTo(new Agreement.Missing(true));
    }

    @Test
    void score07TheOrderOfVotesDoesNotMatter() {
        long seed = 9;
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            var votes = new ArrayList<OpenedVote>();
            for (int i = 0; i < 7; i++) {
                votes.add(vote(
                        10 + i,
                        1 + random.nextInt(100),
                        random.nextInt(5) == 0 ? INVENTED : SEEN,
                        50_000 + random.nextInt(3_000),
                        random.nextInt(3_000)));
            }
            var seated = Amount.ofTokens(700);
            var solvers = List.of(SUE, TOM);
            var agreement = Agreement.among(votes, seated, solvers);
            Collections.shuffle(votes, random);
            assertThat(Agreement.among(votes, seated, solvers))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(agreement);
        }
    }

    @Test
    void score08TheLargestScoreWeighs65535AndTheOthersInProportion() {
        var solvers = List.of(SUE, TOM);
        assertThat(Weights.of(vote(5, 1, SEEN, 60_000, 20_000), solvers)).containsExactly(65_535, 21_845);
        assertThat(Weights.of(vote(5, 1, SEEN, 0, 0), solvers)).containsExactly(0, 0);
        assertThat(Weights.of(vote(5, 1, SEEN, OpenedVote.MAX_SCORE, 1), solvers))
                .containsExactly(65_535, 0);
    }

    @Test
    void aVoteTooManyOrStakeThatIsNotSeatedIsRefused() {
        assertThatThrownBy(() -> among(1_000, vote(5, 1, SEEN, 1, 1), vote(5, 1, SEEN, 1, 1)))
                .hasMessageContaining("voted twice");
        assertThatThrownBy(() -> among(1, vote(5, 2, SEEN, 1, 1))).hasMessageContaining("only 1 is seated");
        var scores = new TreeMap<Identity, Long>(Map.of(SUE, -1L));
        assertThatThrownBy(() -> new OpenedVote(TOM, Amount.ZERO, scores, SEEN)).hasMessageContaining("not -1");
    }
}

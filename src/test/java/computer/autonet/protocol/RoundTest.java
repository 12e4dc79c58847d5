package computer.autonet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.protocol.rewards.Payout;
import computer.autonet.protocol.scoring.Agreement;
import computer.autonet.protocol.scoring.Losses;
import computer.autonet.protocol.scoring.OpenedVote;
import computer.autonet.protocol.scoring.Weights;
import computer.autonet.protocol.yuma.U16Matrix;
import computer.autonet.protocol.yuma.YumaEpoch;
import computer.autonet.protocol.yuma.YumaOutcome;
import computer.autonet.protocol.yuma.YumaParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules of one round together, from measured losses to money, over many rounds with one liar of each kind. */
class RoundTest {
    private static final Hash SEEN = Hash.digest("seen");
    private static final List<Identity> COORDINATORS = parties("coordinator", 5);
    private static final List<Identity> SOLVERS = parties("solver", 4);
    private static final Amount REWARD = Amount.ofTokens(100);

    private static List<Identity> parties(String name, int count) {
        var parties = new ArrayList<Identity>();
        for (int i = 0; i < count; i++) {
            parties.add(new Identity(Hash.digest(name + i)));
        }
        return parties.stream().sorted().toList();
    }

    /** Solver 3 harms the average; coordinator 3 invents evidence, coordinator 4 copies it and invents scores. */
    private static List<OpenedVote> votes(SplittableRandom random) {
        var without = new TreeMap<Identity, Long>();
        for (int j = 0; j < 3; j++) {
            without.put(SOLVERS.get(j), 400_000L + random.nextInt(50_000));
        }
        without.put(SOLVERS.get(3), 350_000L);
        var honest = new Losses(400_000, without).scores();
        var invented = new TreeMap<Identity, Long>();
        invented.put(SOLVERS.get(3), 80_000L);

        var votes = new ArrayList<OpenedVote>();
        for (int i = 0; i < 3; i++) {
            votes.add(new OpenedVote(COORDINATORS.get(i), Amount.ofTokens(500), honest, SEEN));
        }
        votes.add(new OpenedVote(COORDINATORS.get(3), Amount.ofTokens(500), honest, Hash.digest("guess")));
        votes.add(new OpenedVote(COORDINATORS.get(4), Amount.ofTokens(500), invented, SEEN));
        return votes;
    }

    @Test
    void overManyRoundsTheHonestShareTheRewardAndLiarsEarnNothing() {
        long seed = 77;
        var random = new SplittableRandom(seed);
        var bonds = U16Matrix.zero(3, SOLVERS.size());
        for (int round = 0; round < 200; round++) {
            String at = "seed " + seed + ", round " + round;
            var reached = (Agreement.Reached) Agreement.among(votes(random), Amount.ofTokens(2_500), SOLVERS);
            assertThat(reached.deviating()).as(at).containsExactlyElementsOf(COORDINATORS.subList(3, 5));

            var rows = reached.standing().stream().map(OpenedVote::coordinator).toList();
            var stakes = reached.standing().stream().map(OpenedVote::stake).toList();
            var weights = U16Matrix.of(
                    SOLVERS.size(),
                    reached.standing().stream()
                            .map(vote -> Weights.of(vote, SOLVERS))
                            .toArray(int[][]::new));
            var decided = (YumaOutcome.Decided) YumaEpoch.compute(YumaParameters.STANDARD, stakes, weights, bonds);
            bonds = decided.bonds();

            var payout = Payout.of(REWARD, named(SOLVERS, decided.incentive()), named(rows, decided.dividend()));
            assertThat(payout.total()).as(at).isEqualTo(REWARD);
            assertThat(payout.solvers().keySet()).as(at).containsExactlyElementsOf(SOLVERS.subList(0, 3));
            assertThat(payout.coordinators().keySet()).as(at).containsExactlyElementsOf(COORDINATORS.subList(0, 3));
            assertThat(payout.remainder()).as(at).isLessThan(Amount.parseTokens("0.000001"));
            assertThat(decided.accepts(3)).as(at).isFalse();
        }
        for (int coordinator = 0; coordinator < 3; coordinator++) {
            assertThat(bonds.row(coordinator)).as("bonds").containsExactly(65_535, 65_535, 65_535, 0);
        }
    }

    private static SortedMap<Identity, Long> named(List<Identity> parties, List<Long> shares) {
        var named = new TreeMap<Identity, Long>();
        for (int i = 0; i < parties.size(); i++) {
            named.put(parties.get(i), shares.get(i));
        }
        return named;
    }
}

package computer.autonet.adapter.training;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.data.DataSet;
import computer.autonet.adapter.data.DataSets;
import computer.autonet.adapter.data.Split;
import computer.autonet.adapter.training.LoopSimulation.Adversary;
import computer.autonet.adapter.training.LoopSimulation.Outcome;
import computer.autonet.port.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TRAIN-10: what the default recipes reach in the loop, without the network. */
@Timeout(300)
class LoopQualityTest {
    private static final int SEEDS = 5;
    /** Enough for a median where two runs are compared. */
    private static final int FEW_SEEDS = 3;

    private static final int ROUNDS = 10;
    private static final Split IID = new Split.Iid();
    private static final Split UNEQUAL = new Split.Dirichlet(0.5);

    private final LoopSimulation loop = new LoopSimulation(new PyTorchTrainer(PyTorchTrainer.defaultCache()));
    private final DataSet digits = DataSets.digits();
    private final Recipe recipe = Recipe.standard(LoopSimulation.model("mlp", digits), 0);

    private List<Outcome> digits(Split split, Adversary adversary, boolean withCentral) {
        return digits(split, adversary, withCentral, SEEDS);
    }

    private List<Outcome> digits(Split split, Adversary adversary, boolean withCentral, int seeds) {
        List<Outcome> outcomes = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            outcomes.add(loop.run(digits, recipe, ROUNDS, split, adversary, seed, withCentral));
        }
        return outcomes;
    }

    private static double medianAccuracy(List<Outcome> outcomes) {
        return LoopSimulation.median(outcomes.stream().map(Outcome::accuracy).toList());
    }

    private static int rejected(List<Outcome> outcomes) {
        return outcomes.stream().mapToInt(Outcome::honestRejected).sum();
    }

    @Test
    void digitsReachCentralTrainingAndFewHonestUpdatesAreRejected() {
        List<Outcome> outcomes = digits(IID, Adversary.NONE, true);

        assertThat(medianAccuracy(outcomes)).isGreaterThanOrEqualTo(0.97);
        assertThat(LoopSimulation.median(outcomes.stream()
                        .map(outcome -> outcome.central() - outcome.accuracy())
                        .toList()))
                .isLessThanOrEqualTo(0.01);
        assertThat(rejected(outcomes)).isLessThan(SEEDS * ROUNDS * LoopSimulation.SOLVERS / 10);
    }

    @Test
    void digitsSplitUnequallyReach93PercentAndEveryHonestSolverIsPaid() {
        List<Outcome> outcomes = digits(UNEQUAL, Adversary.NONE, false);

        assertThat(medianAccuracy(outcomes)).isGreaterThanOrEqualTo(0.95);
        assertThat(outcomes).allMatch(outcome -> outcome.fewestAccepted() >= 3 && outcome.lowestHonestPay() > 0.5);
    }

    @Test
    void randomWeightsAreNeverAcceptedAndCostAtMostOnePoint() {
        List<Outcome> joined = digits(IID, Adversary.RANDOM, false, FEW_SEEDS);

        assertThat(joined).allMatch(outcome -> outcome.adversaryAccepted() == 0);
        assertThat(medianLoss(digits(IID, Adversary.NONE, false, FEW_SEEDS), joined))
                .isLessThanOrEqualTo(0.01);
    }

    /** Once the model has converged a flipped update is harmless and may pass, at a low score: what counts is its pay. */
    @Test
    void flippedUpdatesEarnAtMostHalfOfTheLowestHonestPayAndCostAtMostOnePoint() {
        for (Split split : List.of(IID, UNEQUAL)) {
            List<Outcome> joined = digits(split, Adversary.SIGNFLIP, false, FEW_SEEDS);

            assertThat(joined).allMatch(outcome -> outcome.adversaryPay() <= outcome.lowestHonestPay() / 2);
            assertThat(medianLoss(digits(split, Adversary.NONE, false, FEW_SEEDS), joined))
                    .isLessThanOrEqualTo(0.01);
        }
    }

    private static double medianLoss(List<Outcome> honest, List<Outcome> joined) {
        List<Double> lost = new ArrayList<>();
        for (int i = 0; i < joined.size(); i++) {
            lost.add(honest.get(i).accuracy() - joined.get(i).accuracy());
        }
        return LoopSimulation.median(lost);
    }

    /** Only one seed and half the rounds, because of the time; docs/spec/training.md has the whole measurement. */
    @Test
    void fashionLearnsInTenRounds() {
        DataSet fashion = DataSets.fashion();
        Recipe cnn = Recipe.standard(LoopSimulation.model("cnn", fashion), 0);

        assertThat(loop.run(fashion, cnn, 10, IID, Adversary.NONE, 1, false).accuracy())
                .isGreaterThanOrEqualTo(0.82);
    }
}

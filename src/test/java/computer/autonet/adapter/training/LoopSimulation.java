package computer.autonet.adapter.training;

import computer.autonet.adapter.data.DataSet;
import computer.autonet.adapter.data.DataSets;
import computer.autonet.adapter.data.Partition;
import computer.autonet.adapter.data.Split;
import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.ModelSpec.Architecture;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The learning part of the loop without the network: three honest solvers, at most one adversary, scores as DESIGN 5.4
 * has them, and the plain mean of the accepted updates. Run as a program it prints what the recipes were chosen by.
 */
final class LoopSimulation {
    /** What an extra solver hands in. */
    enum Adversary {
        NONE,
        RANDOM,
        SIGNFLIP
    }

    /** What came of it; {@code honestRejected} and {@code adversaryAccepted} count (solver, round)
     * pairs, {@code fewestAccepted} the rounds in which the least lucky honest solver was accepted,
     * pay the rounds' rewards in proportion to scores, one reward per round. */
    record Outcome(
            double accuracy,
            double central,
            int honestRejected,
            int adversaryAccepted,
            int fewestAccepted,
            double lowestHonestPay,
            double adversaryPay,
            double lowestHonestScore,
            double trainSeconds,
            double centralSeconds,
            List<Double> perRound) {}

    static final int SOLVERS = 3;
    private static final double TAU = 0.01;

    private final Trainer trainer;

    LoopSimulation(Trainer trainer) {
        this.trainer = trainer;
    }

    Outcome run(
            DataSet set, Recipe recipe, int rounds, Split split, Adversary adversary, long seed, boolean withCentral) {
        Partition partition = Partition.of(set, seed);
        partition.checkRounds(rounds);
        List<Examples> shares = partition.shares(SOLVERS, split);
        float[] base = trainer.initial(recipe.model(), seed);
        float[] start = base.clone();
        int honestRejected = 0;
        int adversaryAccepted = 0;
        int[] acceptedOf = new int[SOLVERS];
        double[] pay = new double[SOLVERS + 1];
        double lowest = Double.MAX_VALUE;
        double seconds = 0;
        List<Double> perRound = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Recipe now = recipe.withSeed(seed * 1000 + round);
            List<float[]> updates = new ArrayList<>();
            for (Examples share : shares) {
                long from = System.nanoTime();
                updates.add(train(now, base, share));
                seconds += (System.nanoTime() - from) / 1e9;
            }
            if (adversary == Adversary.RANDOM) {
                updates.add(trainer.initial(recipe.model(), seed * 7919 + round));
            } else if (adversary == Adversary.SIGNFLIP) {
                float[] honest = train(now, base, partition.adversary(0, SOLVERS));
                float[] flipped = base.clone();
                for (int i = 0; i < flipped.length; i++) {
                    flipped[i] -= honest[i] - base[i];
                }
                updates.add(flipped);
            }
            Examples truth = partition.truth(round);
            double all = loss(recipe.model(), mean(updates, -1), truth);
            List<float[]> accepted = new ArrayList<>();
            double[] scores = new double[updates.size()];
            for (int j = 0; j < updates.size(); j++) {
                double score = Math.max(0, TAU + loss(recipe.model(), mean(updates, j), truth) - all);
                scores[j] = score;
                if (j < SOLVERS) {
                    lowest = Math.min(lowest, score);
                    honestRejected += score > 0 ? 0 : 1;
                    acceptedOf[j] += score > 0 ? 1 : 0;
                } else {
                    adversaryAccepted += score > 0 ? 1 : 0;
                }
                if (score > 0) {
                    accepted.add(updates.get(j));
                }
            }
            double sum = Arrays.stream(scores).sum();
            for (int j = 0; j < scores.length && sum > 0; j++) {
                pay[j] += scores[j] / sum;
            }
            if (!accepted.isEmpty()) {
                base = mean(accepted, -1);
            }
            perRound.add(accuracy(recipe.model(), base, partition.test()));
        }
        double central = Double.NaN;
        long from = System.nanoTime();
        if (withCentral) {
            float[] parameters =
                    train(recipe.withSteps(recipe.steps() * rounds).withSeed(seed * 1000), start, partition.central());
            central = accuracy(recipe.model(), parameters, partition.test());
        }
        return new Outcome(
                accuracy(recipe.model(), base, partition.test()),
                central,
                honestRejected,
                adversaryAccepted,
                Arrays.stream(acceptedOf).min().orElseThrow(),
                Arrays.stream(pay).limit(SOLVERS).min().orElseThrow(),
                pay[SOLVERS],
                lowest,
                seconds,
                (System.nanoTime() - from) / 1e9,
                perRound);
    }

    private float[] train(Recipe recipe, float[] base, Examples examples) {
        return trainer.train(recipe, base, examples)
                .toCompletableFuture()
                .join()
                .parameters();
    }

    private double loss(ModelSpec model, float[] parameters, Examples examples) {
        return trainer.measure(model, parameters, examples)
                .toCompletableFuture()
                .join()
                .loss();
    }

    private double accuracy(ModelSpec model, float[] parameters, Examples examples) {
        return trainer.measure(model, parameters, examples)
                .toCompletableFuture()
                .join()
                .accuracy();
    }

    static ModelSpec model(String label, DataSet set) {
        Examples examples = set.examples();
        return new ModelSpec(Architecture.ofLabel(label), examples.rows(), examples.cols(), examples.classes());
    }

    private static int given(String argument, int standard) {
        int value = Integer.parseInt(argument);
        return value == 0 ? standard : value;
    }

    /** The plain mean of all but {@code without}, summed in order in double precision. */
    private static float[] mean(List<float[]> updates, int without) {
        float[] result = new float[updates.get(0).length];
        int count = updates.size() - (without < 0 ? 0 : 1);
        for (int i = 0; i < result.length; i++) {
            double sum = 0;
            for (int j = 0; j < updates.size(); j++) {
                sum += j == without ? 0 : updates.get(j)[i];
            }
            result[i] = (float) (sum / count);
        }
        return result;
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Arguments: set, model, steps, batch, rate in millionths (0 for the standard), rounds, split, adversary, seeds, central or not. */
    public static void main(String[] args) {
        var simulation = new LoopSimulation(new PyTorchTrainer(PyTorchTrainer.defaultCache()));
        DataSet set = DataSets.named(args[0]);
        ModelSpec model = model(args[1], set);
        var standard = Recipe.standard(model, 0);
        var recipe = new Recipe(
                model,
                0,
                given(args[2], standard.steps()),
                given(args[3], standard.batch()),
                given(args[4], standard.learningRateMicros()));
        int rounds = Integer.parseInt(args[5]);
        Adversary adversary = Adversary.valueOf(args[7].toUpperCase(Locale.ROOT));
        List<Double> accuracies = new ArrayList<>();
        List<Double> centrals = new ArrayList<>();
        for (int seed = 1; seed <= Integer.parseInt(args[8]); seed++) {
            Outcome o = simulation.run(
                    set, recipe, rounds, Split.parse(args[6]), adversary, seed, Boolean.parseBoolean(args[9]));
            accuracies.add(o.accuracy());
            centrals.add(o.central());
            System.out.printf(
                    Locale.ROOT,
                    "  seed %d accuracy %.4f central %.4f rejected %d/%d adversary in %d lowest %.4f train %.2fs/solver/round central %.1fs fewest %d pay %.2f adversary %.2f%n",
                    seed,
                    o.accuracy(),
                    o.central(),
                    o.honestRejected(),
                    rounds * SOLVERS,
                    o.adversaryAccepted(),
                    o.lowestHonestScore(),
                    o.trainSeconds() / rounds / SOLVERS,
                    o.centralSeconds(),
                    o.fewestAccepted(),
                    o.lowestHonestPay(),
                    o.adversaryPay());
        }
        System.out.printf(
                Locale.ROOT,
                "%s median accuracy %.4f central %.4f%n",
                String.join(" ", args),
                median(accuracies),
                median(centrals));
    }
}

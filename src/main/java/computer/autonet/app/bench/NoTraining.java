package computer.autonet.app.bench;

import computer.autonet.base.Hash;
import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What is left of a trainer when training is taken away, so that the rest of a round can be measured: training is one
 * addition per parameter, and the loss tells how many such steps the parameters have behind them.
 */
final class NoTraining implements Trainer {
    private static final int PARAMETERS = 4_096;
    private static final float STEP = 0.01f;

    @Override
    public int parameterCount(ModelSpec model) {
        return PARAMETERS;
    }

    @Override
    public float[] initial(ModelSpec model, long seed) {
        return new float[PARAMETERS];
    }

    @Override
    public CompletionStage<Trained> train(Recipe recipe, float[] base, Examples examples, Watcher watcher) {
        float[] moved = base.clone();
        var random = new SplittableRandom(recipe.seed());
        for (int i = 0; i < moved.length; i++) {
            moved[i] += STEP * (float) random.nextDouble(0.9, 1);
        }
        return CompletableFuture.completedFuture(new Trained(moved, Hash.digest("no training " + recipe.seed())));
    }

    @Override
    public CompletionStage<Measured> measure(ModelSpec model, float[] parameters, Examples examples) {
        double sum = 0;
        for (float value : parameters) {
            sum += value;
        }
        double loss = StrictMath.exp(-sum / parameters.length);
        return CompletableFuture.completedFuture(new Measured(loss, 1 - loss / 2, new byte[examples.count()]));
    }

    @Override
    public CompletionStage<Predicted> predict(ModelSpec model, float[] parameters, float[][] inputs) {
        float[] even = new float[model.classes()];
        Arrays.fill(even, 1f / even.length);
        float[][] all = new float[inputs.length][];
        Arrays.setAll(all, i -> even.clone());
        return CompletableFuture.completedFuture(new Predicted(all, new int[inputs.length]));
    }

    @Override
    public CompletionStage<Void> warmUp() {
        return CompletableFuture.completedFuture(null);
    }
}

package computer.autonet.port;

import computer.autonet.base.Hash;
import java.util.concurrent.CompletionStage;

/**
 * Trains, measures and runs classifiers, each model a flat vector of parameters. All operations are pure functions of
 * their arguments; a stage that fails carries a {@link TrainingException}. Arrays passed in must not change until the
 * stage completes; arrays handed out belong to the caller.
 */
public interface Trainer {
    /** How many parameters the model has. */
    int parameterCount(ModelSpec model);

    /** Seeded initial parameters (TRAIN-04), computed at once and without the engine. */
    float[] initial(ModelSpec model, long seed);

    /**
     * Trains from {@code base} on {@code examples} as the recipe says.
     *
     * @param watcher told of progress on the training thread, and asked whether to stop, after every segment
     */
    CompletionStage<Trained> train(Recipe recipe, float[] base, Examples examples, Watcher watcher);

    /** Trains without a watcher. */
    default CompletionStage<Trained> train(Recipe recipe, float[] base, Examples examples) {
        return train(recipe, base, examples, Watcher.NONE);
    }

    /** How well the parameters explain the examples (TRAIN-07). */
    CompletionStage<Measured> measure(ModelSpec model, float[] parameters, Examples examples);

    /**
     * What the parameters say about inputs of one row each, pixel by pixel from 0 (background) to 1.
     *
     * @param inputs at most {@value #MAX_INPUTS}
     */
    CompletionStage<Predicted> predict(ModelSpec model, float[] parameters, float[][] inputs);

    /** Starts loading the engine in the background, so that the first real work does not wait for it. */
    CompletionStage<Void> warmUp();

    /** The most inputs of one {@link #predict}: more are split by the caller, so that training is not held up. */
    int MAX_INPUTS = 4_096;

    /**
     * The outcome of training.
     *
     * @param parameters the new parameters
     * @param trace commits to the parameters after every segment of steps (TRAIN-06)
     */
    record Trained(float[] parameters, Hash trace) {}

    /**
     * The outcome of a measurement.
     *
     * @param loss mean cross entropy in nats, finite
     * @param accuracy share of examples whose class was predicted, 0 to 1
     * @param predicted the predicted class of each example, in their order
     */
    record Measured(double loss, double accuracy, byte[] predicted) {}

    /**
     * The outcome of inference.
     *
     * @param probabilities per input, per class
     * @param classes the most probable class of each input
     */
    record Predicted(float[][] probabilities, int[] classes) {}

    /** Follows a training run. */
    interface Watcher {
        /** Follows nothing. */
        Watcher NONE = (step, steps, loss) -> true;

        /**
         * Called on the training thread; keep it short.
         *
         * @param step steps done
         * @param steps steps in all
         * @param loss the last step's loss in nats
         * @return false to stop: the stage then fails with CANCELLED
         */
        boolean reached(int step, int steps, double loss);
    }
}

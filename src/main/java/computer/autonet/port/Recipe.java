package computer.autonet.port;

/**
 * Everything, beside the base parameters and the examples, that decides the outcome of a training run (TRAIN-02): the
 * same recipe, base and examples give the same parameters bit for bit within class {@code cpu-1}.
 *
 * @param model what is trained
 * @param seed decides the order of the examples, and nothing else
 * @param steps optimiser steps, 1 to {@value #MAX_STEPS}
 * @param batch examples per step, 1 to {@value #MAX_BATCH}
 * @param learningRateMicros the first step's learning rate in millionths, 1 to 1,000,000
 */
public record Recipe(ModelSpec model, long seed, int steps, int batch, int learningRateMicros) {
    /** Half an hour of the slower model: what a round may at most ask of a solver. */
    public static final int MAX_STEPS = 200_000;

    /** Bounds the memory of one step. */
    public static final int MAX_BATCH = 1_024;

    private static final int MICROS = 1_000_000;

    /** Refuses, as RECIPE_INVALID, numbers out of range. */
    public Recipe {
        inRange("steps", steps, MAX_STEPS);
        inRange("batch", batch, MAX_BATCH);
        inRange("learning rate in millionths", learningRateMicros, MICROS);
    }

    private static void inRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw TrainingException.recipeInvalid(
                    what + " " + value + " is out of range", "give a number from 1 to " + most);
        }
    }

    /** The recipe that a project uses unless it says otherwise; docs/spec/training.md has what it reaches (TRAIN-10). */
    public static Recipe standard(ModelSpec model, long seed) {
        return switch (model.architecture()) {
            case MLP -> new Recipe(model, seed, 100, 64, 3_000);
            case CNN -> new Recipe(model, seed, 60, 32, 2_000);
        };
    }

    public Recipe withSeed(long other) {
        return new Recipe(model, other, steps, batch, learningRateMicros);
    }

    public Recipe withSteps(int other) {
        return new Recipe(model, seed, other, batch, learningRateMicros);
    }
}

package computer.autonet.protocol.project;

/**
 * How a solver trains, completely: with a base and data it fixes the outcome bit for bit (class cpu-1).
 *
 * @param model {@code mlp} or {@code cnn}
 * @param seed of the data order
 * @param steps optimiser steps of one solver in one round
 * @param batch examples per step
 * @param learningRateMicros in millionths
 */
public record Recipe(
        String model, int rows, int cols, int classes, long seed, int steps, int batch, int learningRateMicros) {
    /** Whether both train the same network. */
    public boolean sameModel(Recipe other) {
        return model.equals(other.model) && rows == other.rows && cols == other.cols && classes == other.classes;
    }

    public Recipe withSeed(long value) {
        return new Recipe(model, rows, cols, classes, value, steps, batch, learningRateMicros);
    }
}

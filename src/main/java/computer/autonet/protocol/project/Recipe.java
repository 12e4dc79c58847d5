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
    /** PROJ-02: a name, not a text; sides and classes as scoring can digest them. */
    public static final int MAX_MODEL = 32;

    public static final int MAX_SIDE = 4_096;
    public static final int MAX_CLASSES = 65_536;

    boolean fits() {
        return !model.isBlank()
                && model.length() <= MAX_MODEL
                && rows >= 1
                && rows <= MAX_SIDE
                && cols >= 1
                && cols <= MAX_SIDE
                && classes >= 2
                && classes <= MAX_CLASSES;
    }

    /** Whether both train the same network. */
    public boolean sameModel(Recipe other) {
        return model.equals(other.model) && rows == other.rows && cols == other.cols && classes == other.classes;
    }

    public Recipe withSeed(long value) {
        return new Recipe(model, rows, cols, classes, value, steps, batch, learningRateMicros);
    }
}

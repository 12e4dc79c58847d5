package computer.autonet.port;

import java.util.Locale;

/**
 * The shape of a classifier of grey images: which network, how large an image it reads, how many classes it tells apart
 * (TRAIN-01). It fixes the number and the order of the parameters.
 */
public record ModelSpec(Architecture architecture, int rows, int cols, int classes) {
    /** Keeps one image's activations small enough to train beside a node. */
    public static final int MAX_SIDE = 64;

    /** A class is one byte in predictions and in evidence. */
    public static final int MAX_CLASSES = 256;

    /** The two-dimensional pooling of the cnn halves the image twice. */
    private static final int MIN_SIDE = 4;

    /** Which network. */
    public enum Architecture {
        /** One hidden layer of 256 rectified units. */
        MLP,
        /** Two 3x3 convolutions, each followed by 2x2 pooling, then one hidden layer. */
        CNN;

        /** In lower case, as flags and recipes spell it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The architecture with that label.
         *
         * @throws TrainingException RECIPE_INVALID if there is none
         */
        public static Architecture ofLabel(String label) {
            for (Architecture candidate : values()) {
                if (candidate.label().equals(label)) {
                    return candidate;
                }
            }
            throw TrainingException.recipeInvalid("no model is called '" + label + "'", "write mlp or cnn");
        }
    }

    /** Refuses, as RECIPE_INVALID, what no engine here can build. */
    public ModelSpec {
        if (rows < MIN_SIDE || rows > MAX_SIDE || cols < MIN_SIDE || cols > MAX_SIDE) {
            throw TrainingException.recipeInvalid(
                    "images of " + rows + "x" + cols + " pixels are out of range",
                    "give sides from " + MIN_SIDE + " to " + MAX_SIDE);
        }
        if (classes < 2 || classes > MAX_CLASSES) {
            throw TrainingException.recipeInvalid(
                    classes + " classes are out of range", "give 2 to " + MAX_CLASSES + " classes");
        }
    }

    public int pixels() {
        return rows * cols;
    }

    /** For example {@code mlp 8x8 -> 10}. */
    @Override
    public String toString() {
        return architecture.label() + " " + rows + "x" + cols + " -> " + classes;
    }
}

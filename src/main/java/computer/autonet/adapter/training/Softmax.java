package computer.autonet.adapter.training;

/**
 * Probabilities and losses from logits, in double precision and StrictMath, so that they have the same bits on every
 * Java platform once the logits do. Logits of hostile parameters may be infinite or no number; nothing here then is.
 */
final class Softmax {
    /** What one example can cost at most, in nats (TRAIN-07): keeps means finite and a hostile model from drowning all others. */
    static final double MOST_LOSS = 64;

    private Softmax() {}

    /** The largest logit's class; of equals the first; what is no number never wins; 0 if nothing does. */
    static int argmax(float[] logits, int offset, int classes) {
        int best = 0;
        float most = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            if (logits[offset + c] > most) {
                most = logits[offset + c];
                best = c;
            }
        }
        return best;
    }

    /** The cross entropy of the label, from 0 to {@link #MOST_LOSS}. */
    static double loss(float[] logits, int offset, int classes, int label) {
        double most = logits[offset + argmax(logits, offset, classes)];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += StrictMath.exp(logits[offset + c] - most);
        }
        double loss = StrictMath.log(sum) - (logits[offset + label] - most);
        return loss >= 0 && loss < MOST_LOSS ? loss : MOST_LOSS;
    }

    /** The probability of each class; all equal where the logits are infinite or no numbers. */
    static float[] probabilities(float[] logits, int offset, int classes) {
        double most = logits[offset + argmax(logits, offset, classes)];
        double[] weights = new double[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            weights[c] = StrictMath.exp(logits[offset + c] - most);
            sum += weights[c];
        }
        boolean usable = sum > 0 && Double.isFinite(sum);
        float[] result = new float[classes];
        for (int c = 0; c < classes; c++) {
            result[c] = (float) (usable ? weights[c] / sum : 1.0 / classes);
        }
        return result;
    }
}

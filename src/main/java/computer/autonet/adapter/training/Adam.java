package computer.autonet.adapter.training;

/**
 * The optimiser Adam (Kingma and Ba 2015, arXiv 1412.6980) on a flat vector, with the paper's constants, a fixed rate
 * and no state from one run to the next (TRAIN-05). It runs in Java, whose arithmetic has the same bits everywhere.
 */
final class Adam {
    private static final float DECAY_1 = 0.9f;
    private static final float DECAY_2 = 0.999f;
    private static final double EPSILON = 1e-8;

    private final double rate;
    private final float[] first;
    private final float[] second;
    private double power1 = 1;
    private double power2 = 1;

    Adam(int size, int learningRateMicros) {
        this.rate = learningRateMicros / 1e6;
        this.first = new float[size];
        this.second = new float[size];
    }

    /** Moves {@code parameters} one step against the gradient; the bias corrections are folded into rate and epsilon. */
    void step(float[] parameters, float[] gradient) {
        power1 *= DECAY_1;
        power2 *= DECAY_2;
        double correction = Math.sqrt(1 - power2);
        float scaled = (float) (rate * correction / (1 - power1));
        float epsilon = (float) (EPSILON * correction);
        for (int i = 0; i < parameters.length; i++) {
            float g = gradient[i];
            first[i] = DECAY_1 * first[i] + (1 - DECAY_1) * g;
            second[i] = DECAY_2 * second[i] + (1 - DECAY_2) * g * g;
            parameters[i] -= scaled * first[i] / ((float) Math.sqrt(second[i]) + epsilon);
        }
    }
}

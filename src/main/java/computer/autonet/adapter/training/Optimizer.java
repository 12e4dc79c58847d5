package computer.autonet.adapter.training;

final class Optimizer {
    static final String KIND = System.getProperty("x.opt", "adam");
    static final String SCHEDULE = System.getProperty("x.sched", "flat");
    static final float DECAY = Float.parseFloat(System.getProperty("x.wd", "0"));
    private final float[] m;
    private final float[] v;
    private final int steps;
    private final double rate;
    private int step;
    private double p1 = 1, p2 = 1;

    Optimizer(int size, int steps, int micros) {
        m = new float[size];
        v = new float[size];
        this.steps = steps;
        rate = micros / 1e6;
    }

    void step(float[] w, float[] g) {
        double r = SCHEDULE.equals("flat")
                ? rate
                : SCHEDULE.equals("linear") ? rate * (steps - step) / steps : rate * (1 - 0.9 * step / steps);
        step++;
        if (KIND.equals("adam")) {
            p1 *= 0.9;
            p2 *= 0.999;
            float a = (float) (r * Math.sqrt(1 - p2) / (1 - p1));
            float e = (float) (1e-8 * Math.sqrt(1 - p2));
            float wd = (float) (r * DECAY);
            for (int i = 0; i < w.length; i++) {
                m[i] = 0.9f * m[i] + 0.1f * g[i];
                v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
                w[i] -= a * m[i] / ((float) Math.sqrt(v[i]) + e) + wd * w[i];
            }
        } else {
            float a = (float) r;
            for (int i = 0; i < w.length; i++) {
                m[i] = 0.9f * m[i] + g[i] + DECAY * w[i];
                w[i] -= a * m[i];
            }
        }
    }
}

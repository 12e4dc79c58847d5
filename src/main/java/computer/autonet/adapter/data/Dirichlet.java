package computer.autonet.adapter.data;

import java.util.SplittableRandom;

/** Draws shares that add up to one from a symmetric Dirichlet distribution, with the same bits on every platform. */
final class Dirichlet {
    private Dirichlet() {}

    static double[] draw(SplittableRandom random, double alpha, int parts) {
        double[] shares = new double[parts];
        double sum = 0;
        for (int i = 0; i < parts; i++) {
            shares[i] = gamma(random, alpha);
            sum += shares[i];
        }
        for (int i = 0; i < parts; i++) {
            shares[i] = sum > 0 ? shares[i] / sum : 1.0 / parts;
        }
        return shares;
    }

    /** G. Marsaglia and W. Tsang, A simple method for generating gamma variables, 2000; below one by their boost. */
    private static double gamma(SplittableRandom random, double shape) {
        if (shape < 1) {
            return gamma(random, shape + 1) * StrictMath.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = normal(random);
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - random.nextDouble();
                if (StrictMath.log(u) < x * x / 2 + d * (1 - v + StrictMath.log(v))) {
                    return d * v;
                }
            }
        }
    }

    /** G. Box and M. Muller, A note on the generation of random normal deviates, 1958. */
    private static double normal(SplittableRandom random) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}

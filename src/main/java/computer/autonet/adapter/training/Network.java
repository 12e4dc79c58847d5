package computer.autonet.adapter.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import computer.autonet.port.ModelSpec;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One architecture laid over a flat parameter vector: the shape of each part in order (TRAIN-01), seeded initial values
 * (TRAIN-04) and the forward pass.
 */
final class Network {
    private static final int MLP_HIDDEN = 256;
    private static final int CNN_HIDDEN = 64;
    private static final int FILTERS_1 = 16;
    private static final int FILTERS_2 = 32;
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape NONE = new Shape(0, 0);

    private final ModelSpec spec;
    /** Weight, bias, weight, bias, ... in the order of the layers. */
    private final List<Shape> shapes;
    /** Where each part but the first starts, as the engine's split wants it. */
    private final long[] cuts;

    private final int size;

    Network(ModelSpec spec) {
        this.spec = spec;
        this.shapes = switch (spec.architecture()) {
            case MLP ->
                List.of(
                        new Shape(MLP_HIDDEN, spec.pixels()),
                        new Shape(MLP_HIDDEN),
                        new Shape(spec.classes(), MLP_HIDDEN),
                        new Shape(spec.classes()));
            case CNN ->
                List.of(
                        new Shape(FILTERS_1, 1, 3, 3),
                        new Shape(FILTERS_1),
                        new Shape(FILTERS_2, FILTERS_1, 3, 3),
                        new Shape(FILTERS_2),
                        new Shape(CNN_HIDDEN, (long) FILTERS_2 * (spec.rows() / 4) * (spec.cols() / 4)),
                        new Shape(CNN_HIDDEN),
                        new Shape(spec.classes(), CNN_HIDDEN),
                        new Shape(spec.classes()));
        };
        this.cuts = new long[shapes.size() - 1];
        long at = 0;
        for (int i = 0; i < shapes.size(); i++) {
            if (i > 0) {
                cuts[i - 1] = at;
            }
            at += shapes.get(i).size();
        }
        this.size = Math.toIntExact(at);
    }

    int size() {
        return size;
    }

    /** Weights uniform within sqrt(6 / inputs) (He et al. 2015, arXiv 1502.01852), biases zero. */
    float[] initial(long seed) {
        var random = new SplittableRandom(seed);
        float[] values = new float[size];
        int at = 0;
        for (Shape shape : shapes) {
            int count = (int) shape.size();
            if (shape.dimension() > 1) {
                double limit = Math.sqrt(6.0 * shape.get(0) / count);
                for (int i = 0; i < count; i++) {
                    values[at + i] = (float) ((2 * random.nextDouble() - 1) * limit);
                }
            }
            at += count;
        }
        return values;
    }

    /** The shape of a batch of images. */
    Shape inputs(int count) {
        return spec.architecture() == ModelSpec.Architecture.MLP
                ? new Shape(count, spec.pixels())
                : new Shape(count, 1, spec.rows(), spec.cols());
    }

    /** The logits, one row per image. Everything it makes belongs to the manager of {@code parameters}. */
    NDArray logits(NDArray parameters, NDArray images) {
        NDList parts = parameters.split(cuts, 0);
        NDArray[] p = new NDArray[shapes.size()];
        for (int i = 0; i < p.length; i++) {
            p[i] = parts.get(i).reshape(shapes.get(i));
        }
        NDArray x = images;
        int next = 0;
        if (spec.architecture() == ModelSpec.Architecture.CNN) {
            x = pooled(x, p[0], p[1]);
            x = pooled(x, p[2], p[3]);
            x = x.reshape(x.getShape().get(0), -1);
            next = 4;
        }
        x = Activation.relu(Linear.linear(x, p[next], p[next + 1]).singletonOrThrow());
        return Linear.linear(x, p[next + 2], p[next + 3]).singletonOrThrow();
    }

    private static NDArray pooled(NDArray x, NDArray weight, NDArray bias) {
        NDArray maps = Conv2d.conv2d(x, weight, bias, ONE, ONE).singletonOrThrow();
        return Pool.maxPool2d(Activation.relu(maps), TWO, TWO, NONE, false);
    }
}

package computer.autonet.adapter.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import computer.autonet.port.Examples;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer.Measured;
import computer.autonet.port.Trainer.Predicted;
import computer.autonet.port.Trainer.Trained;
import computer.autonet.port.Trainer.Watcher;
import computer.autonet.port.TrainingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** PyTorch, loaded: what runs on the training thread, and only there. */
final class TorchEngine {
    /** Images per forward pass: bounds the memory of one measurement. */
    private static final int FORWARD_BATCH = 256;

    /**
     * The share of each target that is spread over all classes (Szegedy et al. 2016, arXiv 1512.00567). Without it
     * solvers grow so sure of their few images that leaving one of them out often helps: measured, it halves how often
     * an honest solver is rejected.
     */
    private static final float SMOOTHING = 0.1f;

    private final Engine engine;

    private TorchEngine(Engine engine) {
        this.engine = engine;
    }

    /**
     * Loads the native libraries, unpacking them below {@code cache} the first time. The lock keeps two processes that
     * start at once from both unpacking half a gigabyte.
     */
    static TorchEngine load(Path cache) {
        try {
            Files.createDirectories(cache);
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("DJL_CACHE_DIR", cache.toString());
            System.setProperty("ENGINE_CACHE_DIR", cache.toString());
            System.setProperty("ai.djl.pytorch.num_threads", "1");
            System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("load.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                return new TorchEngine(Engine.getEngine("PyTorch"));
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new TrainingException(
                    TrainingException.Reason.ENGINE_UNAVAILABLE,
                    "PyTorch did not load: " + e.getMessage(),
                    "check that " + cache + " is writable and has 500 MB free, and that the program was built for this"
                            + " platform",
                    e);
        }
    }

    Trained train(Network network, Recipe recipe, float[] base, Examples examples, Watcher watcher) {
        float[] parameters = base.clone();
        var optimizer = new Adam(parameters.length, recipe.learningRateMicros());
        var order = new Order(recipe.seed(), examples.count());
        var trace = new Trace();
        trace.reached(parameters);
        int pixels = recipe.model().pixels();
        int classes = recipe.model().classes();
        float[] images = new float[recipe.batch() * pixels];
        float[] targets = new float[recipe.batch() * classes];
        float off = -SMOOTHING / classes / recipe.batch();
        float on = off - (1 - SMOOTHING) / recipe.batch();
        try (NDManager run = engine.newBaseManager()) {
            for (int step = 1; step <= recipe.steps(); step++) {
                for (int i = 0; i < recipe.batch(); i++) {
                    int example = order.next();
                    examples.copyImage(example, images, i * pixels);
                    Arrays.fill(targets, i * classes, (i + 1) * classes, off);
                    targets[i * classes + examples.label(example)] = on;
                }
                double loss = step(run, network, parameters, images, targets, recipe, optimizer);
                if (step % Trace.SEGMENT_STEPS == 0 || step == recipe.steps()) {
                    mustBeFinite(parameters, step);
                    trace.reached(parameters);
                    if (!watcher.reached(step, recipe.steps(), loss)) {
                        throw new TrainingException(
                                TrainingException.Reason.CANCELLED,
                                "training was stopped after step " + step,
                                "train again if the result is still wanted");
                    }
                }
            }
        }
        return new Trained(parameters, trace.root());
    }

    private static void mustBeFinite(float[] parameters, int step) {
        for (int i = 0; i < parameters.length; i++) {
            if (!Float.isFinite(parameters[i])) {
                throw new TrainingException(
                        TrainingException.Reason.DIVERGED,
                        "after step " + step + " parameter " + i + " is " + parameters[i],
                        "train from finite parameters or with a smaller learning rate");
            }
        }
    }

    /** One step on fresh tensors, all closed at its end: nothing native outlives it. */
    private double step(
            NDManager run,
            Network network,
            float[] parameters,
            float[] images,
            float[] targets,
            Recipe recipe,
            Adam optimizer) {
        try (NDManager temporary = run.newSubManager()) {
            NDArray weights = temporary.create(parameters);
            weights.setRequiresGradient(true);
            NDArray x = temporary.create(images, network.inputs(recipe.batch()));
            NDArray y = temporary.create(
                    targets, new Shape(recipe.batch(), recipe.model().classes()));
            double loss;
            try (GradientCollector collector = engine.newGradientCollector()) {
                NDArray mean = network.logits(weights, x).logSoftmax(1).mul(y).sum();
                collector.backward(mean);
                loss = mean.getFloat();
            }
            try (NDArray gradient = weights.getGradient()) {
                optimizer.step(parameters, gradient.toFloatArray());
            }
            return loss;
        }
    }

    Measured measure(Network network, int classes, float[] parameters, Examples examples) {
        int count = examples.count();
        int pixels = examples.rows() * examples.cols();
        float[] images = new float[count * pixels];
        for (int i = 0; i < count; i++) {
            examples.copyImage(i, images, i * pixels);
        }
        float[] logits = forward(network, parameters, images, count, pixels, classes);
        double loss = 0;
        int right = 0;
        byte[] predicted = new byte[count];
        for (int i = 0; i < count; i++) {
            loss += Softmax.loss(logits, i * classes, classes, examples.label(i));
            int best = Softmax.argmax(logits, i * classes, classes);
            predicted[i] = (byte) best;
            right += best == examples.label(i) ? 1 : 0;
        }
        return new Measured(loss / count, (double) right / count, predicted);
    }

    Predicted predict(Network network, int classes, float[] parameters, float[][] inputs) {
        int pixels = inputs[0].length;
        float[] images = new float[inputs.length * pixels];
        for (int i = 0; i < inputs.length; i++) {
            System.arraycopy(inputs[i], 0, images, i * pixels, pixels);
        }
        float[] logits = forward(network, parameters, images, inputs.length, pixels, classes);
        float[][] probabilities = new float[inputs.length][];
        int[] best = new int[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            probabilities[i] = Softmax.probabilities(logits, i * classes, classes);
            best[i] = Softmax.argmax(logits, i * classes, classes);
        }
        return new Predicted(probabilities, best);
    }

    private float[] forward(Network network, float[] parameters, float[] images, int count, int pixels, int classes) {
        float[] logits = new float[count * classes];
        try (NDManager run = engine.newBaseManager()) {
            for (int from = 0; from < count; from += FORWARD_BATCH) {
                int some = Math.min(FORWARD_BATCH, count - from);
                try (NDManager temporary = run.newSubManager()) {
                    float[] part = new float[some * pixels];
                    System.arraycopy(images, from * pixels, part, 0, part.length);
                    NDArray out =
                            network.logits(temporary.create(parameters), temporary.create(part, network.inputs(some)));
                    System.arraycopy(out.toFloatArray(), 0, logits, from * classes, some * classes);
                }
            }
        }
        return logits;
    }
}

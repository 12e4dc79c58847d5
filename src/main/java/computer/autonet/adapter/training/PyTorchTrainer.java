package computer.autonet.adapter.training;

import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import computer.autonet.port.TrainingException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trains with PyTorch on the one training thread of this JVM (TRAIN-09): the engine allows one gradient at a time, and
 * one thread is what makes the bits repeat. The engine loads when first needed. Any number of instances share the
 * thread, the queue and the engine; the first to need the engine decides where it unpacks.
 */
public final class PyTorchTrainer implements Trainer {
    /**
     * Jobs that may wait. Each holds on to its parameters, about 0.2 MB, so that a full queue holds about 50 MB; inputs to
     * predict are as many as whoever asks lets be under way (GATE-11).
     */
    static final int QUEUE_SIZE = 256;

    private static final ThreadPoolExecutor THREAD =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_SIZE), work -> {
                var thread = new Thread(work, "autonet-training");
                thread.setDaemon(true);
                return thread;
            });

    /** Touched by the training thread only. */
    private static @Nullable TorchEngine loaded;

    private final Path cache;

    /**
     * A trainer whose engine unpacks its native libraries below {@code cache}.
     *
     * @throws TrainingException ENVIRONMENT_UNPINNED if the process was not started with {@link Pins}
     */
    public PyTorchTrainer(Path cache) {
        Pins.check(System.getenv());
        this.cache = cache.toAbsolutePath();
    }

    /** Where native libraries go unless a setting says otherwise: below the user's cache folder. */
    public static Path defaultCache() {
        String folder = System.getenv("XDG_CACHE_HOME");
        Path base = folder == null || folder.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(folder);
        return base.resolve("autonet").resolve("engine");
    }

    @Override
    public int parameterCount(ModelSpec model) {
        return new Network(model).size();
    }

    @Override
    public float[] initial(ModelSpec model, long seed) {
        return new Network(model).initial(seed);
    }

    @Override
    public CompletionStage<Trained> train(Recipe recipe, float[] base, Examples examples, Watcher watcher) {
        var network = new Network(recipe.model());
        return submit(engine -> {
            sameSize(recipe.model(), network, base);
            sameImages(recipe.model(), examples);
            return engine.train(network, recipe, base, examples, watcher);
        });
    }

    @Override
    public CompletionStage<Measured> measure(ModelSpec model, float[] parameters, Examples examples) {
        var network = new Network(model);
        return submit(engine -> {
            sameSize(model, network, parameters);
            sameImages(model, examples);
            return engine.measure(network, model.classes(), parameters, examples);
        });
    }

    @Override
    public CompletionStage<Predicted> predict(ModelSpec model, float[] parameters, float[][] inputs) {
        var network = new Network(model);
        return submit(engine -> {
            sameSize(model, network, parameters);
            usable(model, inputs);
            return engine.predict(network, model.classes(), parameters, inputs);
        });
    }

    @Override
    public CompletionStage<Void> warmUp() {
        return submit(engine -> engine).thenAccept(engine -> {});
    }

    /** Results are completed off the training thread, so that a caller's continuation never holds it up. */
    private <T> CompletionStage<T> submit(Function<TorchEngine, T> work) {
        var result = new CompletableFuture<T>();
        try {
            THREAD.execute(() -> {
                try {
                    T value = work.apply(engine());
                    result.completeAsync(() -> value);
                } catch (TrainingException e) {
                    failAsync(result, e);
                } catch (RuntimeException | LinkageError e) {
                    failAsync(
                            result,
                            new TrainingException(
                                    TrainingException.Reason.ENGINE_UNAVAILABLE,
                                    "the engine failed: " + e,
                                    "repeat; if it fails again, report it with this message",
                                    e));
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new TrainingException(
                    TrainingException.Reason.TRAINER_BUSY,
                    QUEUE_SIZE + " pieces of work are waiting for the training thread",
                    "repeat later, or move roles to another node",
                    e));
        }
        return result;
    }

    private static void failAsync(CompletableFuture<?> result, TrainingException failure) {
        result.defaultExecutor().execute(() -> result.completeExceptionally(failure));
    }

    private TorchEngine engine() {
        TorchEngine engine = loaded;
        if (engine == null) {
            engine = TorchEngine.load(cache);
            loaded = engine;
        }
        return engine;
    }

    private static void sameSize(ModelSpec model, Network network, float[] parameters) {
        if (parameters.length != network.size()) {
            throw new TrainingException(
                    TrainingException.Reason.PARAMETERS_MISMATCH,
                    model + " has " + network.size() + " parameters, not " + parameters.length,
                    "use parameters of that model");
        }
    }

    private static void sameImages(ModelSpec model, Examples examples) {
        if (examples.rows() != model.rows()
                || examples.cols() != model.cols()
                || examples.classes() != model.classes()) {
            throw new TrainingException(
                    TrainingException.Reason.EXAMPLES_MISMATCH,
                    model + " cannot read " + examples,
                    "use examples of the model's size and classes");
        }
    }

    private static void usable(ModelSpec model, float[][] inputs) {
        if (inputs.length < 1 || inputs.length > MAX_INPUTS) {
            throw new TrainingException(
                    TrainingException.Reason.EXAMPLES_MISMATCH,
                    inputs.length + " inputs are out of range",
                    "send 1 to " + MAX_INPUTS + " at a time");
        }
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i].length != model.pixels()) {
                throw new TrainingException(
                        TrainingException.Reason.EXAMPLES_MISMATCH,
                        "input " + i + " has " + inputs[i].length + " pixels",
                        "send " + model.pixels() + " pixels from 0 to 1 for " + model);
            }
            for (float pixel : inputs[i]) {
                if (!Float.isFinite(pixel)) {
                    throw new TrainingException(
                            TrainingException.Reason.EXAMPLES_MISMATCH,
                            "input " + i + " holds a pixel that is no finite number",
                            "send " + model.pixels() + " pixels from 0 to 1 for " + model);
                }
            }
        }
    }
}

package computer.autonet.adapter.metrics;

import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A trainer that is timed from the request to the result. */
record MeteredTrainer(Trainer trainer, Timer training, Timer measuring) implements Trainer {
    private static <T> CompletionStage<T> timed(Timer timer, CompletionStage<T> work) {
        long began = System.nanoTime();
        return work.whenComplete((result, failure) -> timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
    }

    @Override
    public int parameterCount(ModelSpec model) {
        return trainer.parameterCount(model);
    }

    @Override
    public float[] initial(ModelSpec model, long seed) {
        return trainer.initial(model, seed);
    }

    @Override
    public CompletionStage<Trained> train(Recipe recipe, float[] base, Examples examples, Watcher watcher) {
        return timed(training, trainer.train(recipe, base, examples, watcher));
    }

    @Override
    public CompletionStage<Measured> measure(ModelSpec model, float[] parameters, Examples examples) {
        return timed(measuring, trainer.measure(model, parameters, examples));
    }

    @Override
    public CompletionStage<Predicted> predict(ModelSpec model, float[] parameters, float[][] inputs) {
        return trainer.predict(model, parameters, inputs);
    }

    @Override
    public CompletionStage<Void> warmUp() {
        return trainer.warmUp();
    }
}

package computer.autonet.app.bench;

import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A trainer that notes when training was under way. */
final class TimedTrainer implements Trainer {
    private record Interval(long fromMillis, long toMillis) {}

    private final Trainer trainer;
    private final List<Interval> busy = new ArrayList<>();
    private int underWay;
    private long sinceMillis;

    TimedTrainer(Trainer trainer) {
        this.trainer = trainer;
    }

    /** How long at least one training was under way in that time. */
    synchronized long busyMillis(long fromMillis, long toMillis) {
        long sum = 0;
        for (Interval interval : busy) {
            sum += Math.max(0, Math.min(toMillis, interval.toMillis()) - Math.max(fromMillis, interval.fromMillis()));
        }
        return sum;
    }

    private synchronized void begin() {
        if (underWay++ == 0) {
            sinceMillis = System.currentTimeMillis();
        }
    }

    private synchronized void end() {
        if (--underWay == 0) {
            busy.add(new Interval(sinceMillis, System.currentTimeMillis()));
        }
    }

    @Override
    public CompletionStage<Trained> train(Recipe recipe, float[] base, Examples examples, Watcher watcher) {
        begin();
        return trainer.train(recipe, base, examples, watcher).whenComplete((trained, failure) -> end());
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
    public CompletionStage<Measured> measure(ModelSpec model, float[] parameters, Examples examples) {
        return trainer.measure(model, parameters, examples);
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

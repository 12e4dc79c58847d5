package computer.autonet.engine.work;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.port.Examples;
import computer.autonet.port.Trainer;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.task.TaskTerms;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link Behaviour#RANDOM}: the same random parameters whenever it is asked, from its own salt. */
final class RandomSolver extends SolverDuty {
    RandomSolver(Desk desk, Examples data) {
        super(desk, data);
    }

    @Override
    CompletionStage<Trainer.Trained> train(ProcessId task, TaskTerms terms, Parameters base) {
        desk.tell(new WorkEvent.Misbehaved(terms.round(), "sends random parameters"));
        Hash seed = salt(terms).hash();
        var random = new SplittableRandom(ByteBuffer.wrap(seed.toArray()).getLong());
        float[] values = new float[base.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return CompletableFuture.completedFuture(new Trainer.Trained(values, seed));
    }
}

package computer.autonet.engine.work;

import computer.autonet.base.ProcessId;
import computer.autonet.port.Examples;
import computer.autonet.port.Trainer;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.task.TaskTerms;
import java.util.concurrent.CompletionStage;

/** {@link Behaviour#SIGNFLIP}: {@code base - (update - base)}. */
final class SignFlipSolver extends SolverDuty {
    SignFlipSolver(Desk desk, Examples data) {
        super(desk, data);
    }

    @Override
    CompletionStage<Trainer.Trained> train(ProcessId task, TaskTerms terms, Parameters base) {
        return super.train(task, terms, base).thenApply(trained -> {
            desk.tell(new WorkEvent.Misbehaved(terms.round(), "sends the opposite of what it learned"));
            float[] values = trained.parameters();
            for (int i = 0; i < values.length; i++) {
                values[i] = 2 * base.at(i) - values[i];
            }
            return new Trainer.Trained(values, trained.trace());
        });
    }
}

package computer.autonet.engine.work;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.port.Examples;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskState;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@link Behaviour#COPYCAT}: waits for another's commitment and repeats it; it has nothing that would open it. */
final class CopycatSolver extends SolverDuty {
    CopycatSolver(Desk desk, Examples data) {
        super(desk, data);
    }

    @Override
    CompletionStage<Void> commit(ProcessId task, TaskState.Committing state) {
        Optional<Hash> anothers = state.commitments().values().stream().findFirst();
        if (anothers.isEmpty()) {
            return NOTHING;
        }
        desk.tell(new WorkEvent.Misbehaved(state.terms().round(), "repeats another's commitment"));
        return Duty.done(desk.submit(task, new TaskCommand.Commit(anothers.get())));
    }

    @Override
    CompletionStage<Void> reveal(ProcessId task, TaskState.Evidence evidence) {
        return NOTHING;
    }
}

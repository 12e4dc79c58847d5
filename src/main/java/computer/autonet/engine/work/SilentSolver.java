package computer.autonet.engine.work;

import computer.autonet.base.ProcessId;
import computer.autonet.port.Examples;
import computer.autonet.protocol.task.TaskState;
import java.util.concurrent.CompletionStage;

/** A solver that commits and never reveals ({@link Behaviour#SILENT}). */
final class SilentSolver extends SolverDuty {
    SilentSolver(Desk desk, Examples data) {
        super(desk, data);
    }

    @Override
    CompletionStage<Void> reveal(ProcessId task, TaskState.Evidence evidence) {
        desk.tell(new WorkEvent.Misbehaved(evidence.terms().round(), "does not reveal"));
        return NOTHING;
    }
}

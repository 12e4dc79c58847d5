package computer.autonet.engine.work;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskState;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@link Behaviour#COPY}: waits for another's seal and repeats it; it has nothing that would open it. */
final class CopyCoordinator extends CoordinatorDuty {
    CopyCoordinator(Desk desk) {
        super(desk);
    }

    @Override
    CompletionStage<Void> seal(ProcessId task, TaskState.Sealing state) {
        Optional<Hash> anothers = state.seals().values().stream().findFirst();
        if (anothers.isEmpty()) {
            return NOTHING;
        }
        int round = state.seating().evidence().terms().round();
        desk.tell(new WorkEvent.Misbehaved(round, "repeats another's seal"));
        return Duty.done(desk.submit(task, new TaskCommand.SealVote(anothers.get())));
    }

    @Override
    CompletionStage<Void> open(ProcessId task, TaskState.Opening state) {
        return NOTHING;
    }
}

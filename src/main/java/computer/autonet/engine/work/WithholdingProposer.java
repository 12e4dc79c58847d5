package computer.autonet.engine.work;

import computer.autonet.base.BlobId;
import computer.autonet.protocol.task.TaskState;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A proposer that never reveals its truth ({@link Behaviour#WITHHOLD}). */
final class WithholdingProposer extends ProposerDuty {
    WithholdingProposer(Desk desk, TruthSupply supply) {
        super(desk, supply);
    }

    @Override
    CompletionStage<Void> reveal(Situation.Running task, TaskState.AwaitingTruth waiting, List<BlobId> revealed) {
        desk.tell(new WorkEvent.Misbehaved(waiting.terms().round(), "withholds the truth"));
        return NOTHING;
    }
}

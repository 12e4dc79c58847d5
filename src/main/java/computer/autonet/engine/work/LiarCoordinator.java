package computer.autonet.engine.work;

import computer.autonet.base.Identity;
import computer.autonet.protocol.scoring.Losses;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.Vote;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** {@link Behaviour#LIAR}: the true evidence, and scores that turn good updates into bad ones and bad into good. */
final class LiarCoordinator extends CoordinatorDuty {
    LiarCoordinator(Desk desk) {
        super(desk);
    }

    @Override
    CompletionStage<Vote> vote(TaskState.Evidence evidence) {
        return super.vote(evidence).thenApply(vote -> {
            desk.tell(new WorkEvent.Misbehaved(evidence.terms().round(), "lies about the scores"));
            var scores = new TreeMap<Identity, Long>();
            vote.scores()
                    .forEach((solver, score) -> scores.put(solver, score > 0 ? 0 : 2 * Losses.TOLERANCE_MICRO_NATS));
            return new Vote(vote.truthReadable(), scores, vote.unreadable(), vote.evidence());
        });
    }
}

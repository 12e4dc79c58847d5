package computer.autonet.engine.work;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.crypto.Salt;
import computer.autonet.protocol.task.Commitments;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.TaskTerms;
import computer.autonet.protocol.task.Vote;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The coordinator's part: measure, seal the vote, open it, and certify the average that it computed itself (WORK-08). */
class CoordinatorDuty implements Duty {
    /** A vote and what it was measured for. */
    private record Measured(ProcessId task, int committee, Vote vote) {}

    final Desk desk;
    private final Measurement measurement;
    private final Averages averages;
    private volatile @Nullable Measured measured;

    CoordinatorDuty(Desk desk) {
        this.desk = desk;
        this.measurement = new Measurement(desk);
        this.averages = new Averages(desk);
    }

    @Override
    public CompletionStage<Void> perform(Situation situation) {
        if (situation.task().isPresent()) {
            ProcessId task = situation.task().get().id();
            if (situation.task().get().state() instanceof TaskState.Sealing s
                    && s.seats().stream().anyMatch(seat -> seat.coordinator().equals(desk.me()))
                    && !s.seals().containsKey(desk.me())) {
                return seal(task, s);
            }
            if (situation.task().get().state() instanceof TaskState.Opening s
                    && s.seals().containsKey(desk.me())
                    && !s.votes().containsKey(desk.me())) {
                return open(task, s);
            }
        }
        if (situation.job().isPresent()
                && situation.job().get().terms().certifiers().stream()
                        .anyMatch(seat -> seat.coordinator().equals(desk.me()))
                && !situation.job().get().certificates().containsKey(desk.me())) {
            return averages.certify(situation, situation.job().get().terms());
        }
        return NOTHING;
    }

    private Salt salt(TaskTerms terms, int committee) {
        return desk.key().salt(desk.project(), terms.round(), "vote/" + terms.attempt() + "/" + committee);
    }

    private Hash commitment(ProcessId task, TaskState.Seating seating, Vote vote) {
        Salt salt = salt(seating.evidence().terms(), seating.committee());
        return Commitments.vote(task, desk.me(), vote, Hash.of(salt.toArray()));
    }

    CompletionStage<Void> seal(ProcessId task, TaskState.Sealing state) {
        return Duty.done(measuredVote(task, state.seating())
                .thenCompose(
                        vote -> desk.submit(task, new TaskCommand.SealVote(commitment(task, state.seating(), vote)))));
    }

    CompletionStage<Void> open(ProcessId task, TaskState.Opening state) {
        TaskState.Seating seating = state.seating();
        TaskTerms terms = seating.evidence().terms();
        return measuredVote(task, seating)
                .thenCompose(vote -> {
                    if (!commitment(task, seating, vote).equals(Tables.at(state.seals(), desk.me()))) {
                        return CompletableFuture.failedFuture(new IllegalStateException("the vote of round "
                                + terms.round() + " measures otherwise than what was sealed: is this machine's"
                                + " instruction set pinned?"));
                    }
                    Salt salt = salt(terms, seating.committee());
                    return desk.submit(task, new TaskCommand.OpenVote(vote, Hash.of(salt.toArray())));
                })
                .thenAccept(receipt -> desk.tell(new WorkEvent.Opened(terms.round())));
    }

    private CompletionStage<Vote> measuredVote(ProcessId task, TaskState.Seating seating) {
        Measured known = measured;
        if (known != null && known.task().equals(task) && known.committee() == seating.committee()) {
            return CompletableFuture.completedFuture(known.vote());
        }
        return vote(seating.evidence()).thenApply(vote -> {
            measured = new Measured(task, seating.committee(), vote);
            return vote;
        });
    }

    /** What this coordinator says about the evidence; the same whenever it is asked. */
    CompletionStage<Vote> vote(TaskState.Evidence evidence) {
        return measurement.vote(evidence);
    }
}

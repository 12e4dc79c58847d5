package computer.autonet.protocol.task;

import computer.autonet.base.BlobId;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import java.util.ArrayList;
import java.util.List;

/** TASK-02: everything that is committed to in a task. */
public final class Commitments {
    private Commitments() {}

    /** Names one attempt at one round of a project. */
    public static Hash reference(ProcessId project, int round, int attempt) {
        return Commitment.tagged("autonet/attempt/1")
                .with(project.hash())
                .with(round)
                .with(attempt)
                .hash();
    }

    /** The proposer's, to a held-out set stored encrypted under a key from {@code salt}. */
    public static Hash truth(
            ProcessId project, int round, Identity proposer, BlobId ciphertext, BlobId plaintext, Hash salt) {
        return Commitment.tagged("autonet/truth/1")
                .with(project.hash())
                .with(round)
                .with(proposer.address())
                .with(ciphertext.hash())
                .with(plaintext.hash())
                .with(Hash.digest(salt.toArray()))
                .hash();
    }

    /** A solver's, to an update stored encrypted under a key from {@code salt}. */
    public static Hash update(
            ProcessId task, Identity solver, BlobId ciphertext, BlobId plaintext, Hash salt, Hash trace) {
        return Commitment.tagged("autonet/update/1")
                .with(task.hash())
                .with(solver.address())
                .with(ciphertext.hash())
                .with(plaintext.hash())
                .with(Hash.digest(salt.toArray()))
                .with(trace)
                .hash();
    }

    /** A coordinator's, to its vote. */
    public static Hash vote(ProcessId task, Identity coordinator, Vote vote, Hash salt) {
        List<Hash> scores = new ArrayList<>();
        vote.scores()
                .forEach((solver, score) -> scores.add(Commitment.tagged("autonet/score/1")
                        .with(solver.address())
                        .with(score)
                        .hash()));
        return Commitment.tagged("autonet/vote/1")
                .with(task.hash())
                .with(coordinator.address())
                .withAll(scores)
                .withAll(vote.unreadable().stream().map(Identity::address).toList())
                .with(vote.truthReadable() ? 1 : 0)
                .with(vote.evidence())
                .with(Hash.digest(salt.toArray()))
                .hash();
    }
}

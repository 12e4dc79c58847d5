package computer.autonet.engine.work;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.protocol.crypto.Salt;
import computer.autonet.protocol.crypto.Sealing;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.Recipe;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.task.Commitments;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.TaskTerms;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The proposer's part: a fresh held-out set in its turn, sealed; its salt when commits are closed (WORK-05). */
class ProposerDuty implements Duty {
    final Desk desk;
    private final TruthSupply supply;

    ProposerDuty(Desk desk, TruthSupply supply) {
        this.desk = desk;
        this.supply = supply;
    }

    @Override
    public CompletionStage<Void> perform(Situation situation) {
        ProjectState.Founded project = situation.project();
        if (project.stage() instanceof Stage.Proposing stage && stage.proposer().equals(desk.me())) {
            return propose(project);
        }
        if (situation.task().isPresent()
                && situation.task().get().state() instanceof TaskState.AwaitingTruth waiting
                && waiting.terms().proposer().equals(desk.me())) {
            return reveal(situation.task().get(), waiting, project.truths());
        }
        return NOTHING;
    }

    private Salt salt(int round, int attempt) {
        return desk.key().salt(desk.project(), round, "truth/" + attempt);
    }

    private Hash commitment(int round, BlobId ciphertext, BlobId plaintext, Salt salt) {
        return Commitments.truth(desk.project(), round, desk.me(), ciphertext, plaintext, Hash.of(salt.toArray()));
    }

    /** WORK-07: what was once sealed for this attempt, else the supply's set, which is saved before anybody sees it. */
    private SealedTruth sealed(int round, int attempt, List<BlobId> revealed) {
        String key = "truth-" + desk.project().hash() + "-" + round + "-" + attempt + "-" + desk.me();
        return desk.store().load(key).map(SealedTruth::decode).orElseGet(() -> {
            byte[] plaintext = supply.truth(round, attempt, revealed).toBytes();
            var made = new SealedTruth(BlobId.of(plaintext), Sealing.seal(salt(round, attempt), plaintext));
            desk.store().save(key, made.encode());
            return made;
        });
    }

    private CompletionStage<Void> propose(ProjectState.Founded project) {
        int round = project.round();
        int attempt = project.attempt();
        SealedTruth truth = sealed(round, attempt, project.truths());
        Hash commitment = commitment(round, truth.ciphertextId(), truth.plaintext(), salt(round, attempt));
        Recipe recipe = project.terms().recipe();
        return desk.network()
                .putBlob(truth.ciphertext())
                .thenCompose(
                        id -> desk.submit(desk.project(), new ProjectCommand.Propose(round, commitment, id, recipe)))
                .thenAccept(receipt -> desk.tell(new WorkEvent.Proposed(round, attempt)));
    }

    CompletionStage<Void> reveal(Situation.Running task, TaskState.AwaitingTruth waiting, List<BlobId> revealed) {
        TaskTerms terms = waiting.terms();
        BlobId plaintext = sealed(terms.round(), terms.attempt(), revealed).plaintext();
        Salt salt = salt(terms.round(), terms.attempt());
        // What does not open the commitment would only give the salt away.
        if (!commitment(terms.round(), terms.truthCiphertext(), plaintext, salt).equals(terms.truth())) {
            throw new IllegalStateException("the truth of round " + terms.round() + ", attempt " + terms.attempt()
                    + " is not the one that was committed to: restore the work folder of this participant, or the data"
                    + " that it draws from");
        }
        return desk.submit(task.id(), new TaskCommand.RevealTruth(plaintext, Hash.of(salt.toArray())))
                .thenAccept(receipt -> desk.tell(new WorkEvent.TruthRevealed(terms.round(), terms.attempt())));
    }
}

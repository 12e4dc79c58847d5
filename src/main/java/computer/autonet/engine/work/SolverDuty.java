package computer.autonet.engine.work;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.port.Examples;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import computer.autonet.protocol.crypto.Salt;
import computer.autonet.protocol.crypto.Sealing;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.task.Commitments;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.TaskTerms;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The solver's part: train on its own data, commit to the sealed update, reveal it when the truth is open (WORK-06). */
class SolverDuty implements Duty {
    /** How often a training is told of; enough for a moving display. */
    private static final int TOLD_STEPS = 100;

    final Desk desk;
    private final Examples data;
    private volatile @Nullable SealedUpdate prepared;

    SolverDuty(Desk desk, Examples data) {
        this.desk = desk;
        this.data = data;
    }

    @Override
    public CompletionStage<Void> perform(Situation situation) {
        if (situation.task().isEmpty()) {
            return NOTHING;
        }
        ProcessId task = situation.task().get().id();
        if (situation.task().get().state() instanceof TaskState.Committing s
                && s.terms().solvers().contains(desk.me())
                && !s.commitments().containsKey(desk.me())) {
            return commit(task, s);
        }
        if (situation.task().get().state() instanceof TaskState.AwaitingSolutions s
                && s.evidence().commitments().containsKey(desk.me())
                && !s.evidence().solutions().containsKey(desk.me())) {
            return reveal(task, s.evidence());
        }
        return NOTHING;
    }

    CompletionStage<Void> commit(ProcessId task, TaskState.Committing state) {
        TaskTerms terms = state.terms();
        return sealed(task, terms)
                .thenCompose(update -> desk.network()
                        .putBlob(update.ciphertext())
                        .thenCompose(id -> {
                            Hash commitment = commitment(task, terms, update);
                            return desk.submit(task, new TaskCommand.Commit(commitment));
                        }))
                .thenAccept(receipt -> desk.tell(new WorkEvent.Committed(terms.round())));
    }

    CompletionStage<Void> reveal(ProcessId task, TaskState.Evidence evidence) {
        TaskTerms terms = evidence.terms();
        return sealed(task, terms)
                .thenCompose(update -> {
                    // WORK-07: what does not open the commitment would only give the salt away.
                    if (!commitment(task, terms, update).equals(Tables.at(evidence.commitments(), desk.me()))) {
                        return CompletableFuture.failedFuture(new IllegalStateException(
                                "the update of round " + terms.round() + " is not the one that was committed to:"
                                        + " restore the work folder of this participant"));
                    }
                    return desk.submit(
                            task,
                            new TaskCommand.RevealSolution(
                                    update.ciphertextId(),
                                    update.plaintext(),
                                    update.trace(),
                                    Hash.of(salt(terms).toArray())));
                })
                .thenAccept(receipt -> desk.tell(new WorkEvent.Revealed(terms.round())));
    }

    final Salt salt(TaskTerms terms) {
        return desk.key().salt(desk.project(), terms.round(), "update/" + terms.attempt());
    }

    private Hash commitment(ProcessId task, TaskTerms terms, SealedUpdate update) {
        return Commitments.update(
                task,
                desk.me(),
                update.ciphertextId(),
                update.plaintext(),
                Hash.of(salt(terms).toArray()),
                update.trace());
    }

    /** WORK-07: what was once sealed for this task, else a new update, which is saved before anybody sees it. */
    private CompletionStage<SealedUpdate> sealed(ProcessId task, TaskTerms terms) {
        SealedUpdate known = prepared;
        if (known != null && known.task().equals(task)) {
            return CompletableFuture.completedFuture(known);
        }
        String key = "update-" + task.hash() + "-" + desk.me();
        var saved = desk.store().load(key).map(bytes -> SealedUpdate.decode(task, bytes));
        if (saved.isPresent()) {
            prepared = saved.get();
            return CompletableFuture.completedFuture(saved.get());
        }
        return desk.model(terms.base())
                .thenComposeAsync(base -> train(task, terms, base), desk.executor())
                .thenApplyAsync(
                        trained -> {
                            byte[] plaintext =
                                    Parameters.of(trained.parameters()).encode();
                            var update = new SealedUpdate(
                                    task, BlobId.of(plaintext), trained.trace(), Sealing.seal(salt(terms), plaintext));
                            desk.store().save(key, update.encode());
                            prepared = update;
                            return update;
                        },
                        desk.executor());
    }

    /** What this solver makes of the base. */
    CompletionStage<Trainer.Trained> train(ProcessId task, TaskTerms terms, Parameters base) {
        Recipe recipe = Recipes.toTrainer(terms.recipe())
                .withSeed(Recipes.solverSeed(terms.recipe().seed(), task, desk.me()));
        int every = Math.max(1, recipe.steps() / TOLD_STEPS);
        return desk.trainer().train(recipe, base.toArray(), data, (step, steps, loss) -> {
            if (step % every == 0 || step == steps) {
                desk.tell(new WorkEvent.Training(terms.round(), step, steps, loss));
            }
            return desk.working().getAsBoolean();
        });
    }
}

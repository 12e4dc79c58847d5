package computer.autonet.engine.work;

import computer.autonet.base.BlobId;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.client.RefusedException;
import computer.autonet.port.Examples;
import computer.autonet.port.Trainer;
import computer.autonet.port.TrainingException;
import computer.autonet.port.WorkStore;
import computer.autonet.protocol.crypto.Salt;
import computer.autonet.protocol.crypto.Sealing;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.learning.MalformedParameters;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.Update;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What one participant works with: its key, the network, the trainer.
 *
 * @param executor where it computes; never the trainer's thread or the network's
 * @param working false once it is closed, and training then stops
 */
record Desk(
        SigningKey key,
        Role role,
        ProcessId project,
        NetworkClient network,
        Trainer trainer,
        WorkStore store,
        Executor executor,
        WorkListener listener,
        BooleanSupplier working) {
    /** A blob that was committed to and is nowhere after so many looks counts as withheld; about six seconds. */
    private static final int MAX_LOOKS = 6;

    private static final long FIRST_PAUSE_MILLIS = 200;

    Identity me() {
        return key.identity();
    }

    void tell(WorkEvent event) {
        listener.on(me(), role, event);
    }

    CompletionStage<Receipt> submit(ProcessId target, Command command) {
        return network.submit(key, target, command);
    }

    /** WORK-09: the bytes of that name, or nothing if the network does not have them. */
    private CompletionStage<Optional<byte[]>> fetch(BlobId id, int look) {
        return network.getBlob(id)
                .handleAsync(
                        (bytes, failure) -> {
                            if (failure == null) {
                                return CompletableFuture.completedFuture(Optional.of(bytes));
                            }
                            Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                                    ? failure.getCause()
                                    : failure;
                            // A node without room for the answer says nothing of the bytes.
                            if (!(cause instanceof RefusedException refused) || refused.is(Code.FULL)) {
                                return CompletableFuture.<Optional<byte[]>>failedFuture(cause);
                            }
                            if (look >= MAX_LOOKS) {
                                return CompletableFuture.completedFuture(Optional.<byte[]>empty());
                            }
                            Executor later = CompletableFuture.delayedExecutor(
                                    FIRST_PAUSE_MILLIS << (look - 1), TimeUnit.MILLISECONDS, executor);
                            return CompletableFuture.supplyAsync(() -> fetch(id, look + 1), later)
                                    .thenCompose(next -> next);
                        },
                        executor)
                .thenCompose(next -> next);
    }

    /** A published model. */
    CompletionStage<Parameters> model(BlobId id) {
        return network.getBlob(id).thenApplyAsync(Parameters::decode, executor);
    }

    /** WORK-09: a revealed update; nothing if it is not what was committed to, or no parameters of the model. */
    CompletionStage<Optional<Parameters>> update(Update update, int parameters) {
        return fetch(update.ciphertext(), 1)
                .thenApplyAsync(
                        found -> found.flatMap(ciphertext ->
                                        open(ciphertext, update.salt().toArray(), update.plaintext()))
                                .flatMap(Desk::parameters)
                                .filter(read -> read.count() == parameters),
                        executor);
    }

    private static Optional<Parameters> parameters(byte[] plaintext) {
        try {
            return Optional.of(Parameters.decode(plaintext));
        } catch (MalformedParameters e) {
            return Optional.empty();
        }
    }

    /** WORK-09: the revealed truth; nothing if it is not what was committed to, or no labelled set. */
    CompletionStage<Optional<Examples>> truth(TaskState.Evidence evidence) {
        return fetch(evidence.terms().truthCiphertext(), 1)
                .thenApplyAsync(
                        found -> found.flatMap(ciphertext ->
                                        open(ciphertext, evidence.truthSalt().toArray(), evidence.truth()))
                                .flatMap(Desk::examples),
                        executor);
    }

    private static Optional<Examples> examples(byte[] plaintext) {
        try {
            return Optional.of(Examples.parse(plaintext));
        } catch (TrainingException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> open(byte[] ciphertext, byte[] salt, BlobId expected) {
        return Sealing.open(Salt.of(salt), ciphertext) instanceof Sealing.Opened.Plaintext plaintext
                        && BlobId.of(plaintext.bytes()).equals(expected)
                ? Optional.of(plaintext.bytes())
                : Optional.empty();
    }
}

package computer.autonet.gateway;

import computer.autonet.base.Bytes;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.process.Overloaded;
import computer.autonet.process.ProcessView;
import computer.autonet.process.Processes;
import computer.autonet.process.Reply;
import computer.autonet.process.Unanswered;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Receipt;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** The processes that the cluster hosts, with their failures in the gateway's words. */
public final class ProcessesLog implements Log {
    private final Processes processes;
    private final BooleanSupplier journalAnswers;

    /** @param journalAnswers whether the journal answered its last probe; while it does not, nobody waits for it here */
    public ProcessesLog(Processes processes, BooleanSupplier journalAnswers) {
        this.processes = processes;
        this.journalAnswers = journalAnswers;
    }

    @Override
    public CompletionStage<Receipt> submit(Bytes message) {
        return told(() -> processes.submit(message)).thenApply(reply -> {
            if (reply instanceof Reply.Refused refused) {
                throw Problem.of(refused.refusal());
            }
            return ((Reply.Accepted) reply).receipt();
        });
    }

    @Override
    public CompletionStage<ProcessView> query(ProcessId process, Optional<Identity> sender) {
        return told(() -> processes.query(process, sender));
    }

    @Override
    public Source<Bytes, NotUsed> watch(ProcessId process, long fromSlot) {
        return read(() -> processes.watch(process, fromSlot));
    }

    @Override
    public Source<Bytes, NotUsed> entries(ProcessId process, long fromSlot) {
        return read(() -> processes.entries(process, fromSlot));
    }

    @Override
    public Source<ProcessId, NotUsed> processIds() {
        return read(processes::processIds);
    }

    /** GATE-05: a cluster that cannot answer is unavailable, a node with too much to do is exhausted. */
    private <T> CompletionStage<T> told(Supplier<CompletionStage<T>> answer) {
        return journalAnswers.getAsBoolean()
                ? answer.get().exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(failure)))
                : CompletableFuture.failedFuture(silent());
    }

    private <T> Source<T, NotUsed> read(Supplier<Source<T, NotUsed>> source) {
        return journalAnswers.getAsBoolean()
                ? source.get().mapError(Throwable.class, ProcessesLog::told)
                : Source.failed(silent());
    }

    private static Throwable told(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String found = String.valueOf(cause.getMessage());
        if (cause instanceof Unanswered) {
            return Problem.unavailable(
                    found, "repeat the same request in a few seconds; a message that was recorded returns its receipt");
        }
        return cause instanceof Overloaded ? Problem.of(Code.FULL, found, "repeat the request in a second") : cause;
    }

    private static Problem silent() {
        return Problem.unavailable(
                "the journal of this node does not answer",
                "see that the node's database runs and is within reach; where its journal is embedded, that its disk"
                        + " works and has room, and start it again; or ask another node");
    }
}

package computer.autonet.cli;

import computer.autonet.base.ProcessId;
import computer.autonet.client.Failures;
import computer.autonet.client.Watch;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.project.ProjectEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One entry of a log as one line. */
final class EntryReport {
    private EntryReport() {}

    static void print(OutputOptions output, SealedEntry entry) {
        Draft draft = entry.draft();
        List<String> events =
                draft.events().stream().map(e -> e.getClass().getSimpleName()).toList();
        Instant at = Instant.ofEpochMilli(draft.timestampMillis());
        String cause = cause(draft.input());
        String outcome = draft.bounced()
                .map(refusal -> "refused " + refusal.code())
                .orElse(events.isEmpty() ? "-" : String.join(" ", events));
        output.line(
                String.format("%5d  %-24s  %-40s  %s", draft.slot(), at, cause, outcome),
                new Report()
                        .with("slot", draft.slot())
                        .with("timestampMillis", draft.timestampMillis())
                        .with("input", cause)
                        .with("events", (Object) events)
                        .with("refused", draft.bounced().map(Object::toString))
                        .with("hash", entry.hash()));
    }

    private static String cause(Input input) {
        if (input instanceof Input.Signed signed) {
            return signed.command().getClass().getSimpleName() + " by "
                    + signed.sender().brief();
        }
        if (input instanceof Input.FromProcess from) {
            String what = from.payload() instanceof Payload.Ask ask
                    ? ask.command().getClass().getSimpleName()
                    : "return of "
                            + ((Payload.Bounce) from.payload())
                                    .command()
                                    .getClass()
                                    .getSimpleName();
            return what + " from " + from.source().brief();
        }
        return "deadline";
    }

    /** Prints entries as they come, until the project is complete or nobody reads them. */
    static void follow(OutputOptions output, Session session, ProcessId project, long fromSlot) {
        var complete = new CompletableFuture<Void>();
        Watch watch = session.client().watch(project, fromSlot, entry -> {
            print(output, entry);
            if (output.unread() || entry.draft().events().stream().anyMatch(ProjectEvent.Completed.class::isInstance)) {
                complete.complete(null);
            }
        });
        watch.ended().whenComplete((ended, failure) -> {
            if (failure == null) {
                complete.complete(null);
            } else {
                complete.completeExceptionally(failure);
            }
        });
        try {
            complete.get();
        } catch (ExecutionException e) {
            throw Failures.cause(e) instanceof RuntimeException known ? known : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watch.close();
        }
    }
}

package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.KindCodec;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Which processes have begun, that is, have a log, and how one answers that has not. What nobody wrote to follows from its id
 * alone; so it is neither hosted nor remembered for the asking, and whoever makes up ids takes no memory and no disk (HOST-15).
 */
final class Beginnings {
    private static final Duration FIRST_LOOK = Duration.ofMillis(10);
    private static final Duration RAREST_LOOK = Duration.ofSeconds(1);

    private final ReadLog log;
    private final Host host;
    private final Map<ProcessId, Boolean> begun;

    Beginnings(ReadLog log, Host host) {
        this.log = log;
        this.host = host;
        int capacity = host.settings().maxBegun();
        this.begun = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ProcessId, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Asks the journal, unless it said yes before: a log never ends. */
    CompletionStage<Boolean> hasBegun(ProcessId id) {
        synchronized (begun) {
            if (begun.get(id) != null) {
                return CompletableFuture.completedFuture(true);
            }
        }
        return log.hasEvents(id).thenApply(found -> {
            if (found) {
                begun(id);
            }
            return found;
        });
    }

    /** Something of this process is recorded. */
    void begun(ProcessId id) {
        synchronized (begun) {
            begun.put(id, true);
        }
    }

    /** Ends without an element as soon as the process has begun, which is looked for ever more rarely. */
    <T> Source<T, NotUsed> awaited(ProcessId id) {
        return Source.unfoldAsync(
                        FIRST_LOOK,
                        pause -> hasBegun(id)
                                .thenCompose(found -> found
                                        ? CompletableFuture.completedFuture(Optional.<Pair<Duration, NotUsed>>empty())
                                        : CompletableFuture.supplyAsync(
                                                () -> Optional.of(Pair.create(longer(pause), NotUsed.getInstance())),
                                                CompletableFuture.delayedExecutor(
                                                        pause.toMillis(), TimeUnit.MILLISECONDS))))
                .mapConcat(any -> List.<T>of());
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(RAREST_LOOK) < 0 ? twice : RAREST_LOOK;
    }

    /** A process that has not begun. */
    ProcessView view(ProcessId id) {
        return ProcessView.of(
                KindCodec.of(id.kind()).kernel(host.genesis(), host.guard()).initial(id), Optional.empty());
    }

    /**
     * Why a process that has not begun would not record this message; empty if it would, which its host then does. That host
     * checks the signature again: it believes no other node. Without the check here a message that nobody signed would
     * have begun the process, and had it remembered, before it was refused.
     */
    CompletionStage<Optional<Refusal>> refusal(ProcessId id, Bytes raw) {
        return host.verifier()
                .verify(raw)
                .thenApply(verdict -> verdict instanceof Verdict.Bad bad
                        ? Optional.of(bad.refusal())
                        : refusal(
                                id,
                                ((Verdict.Genuine) verdict).message(),
                                KindCodec.of(id.kind()).kernel(host.genesis(), host.guard())));
    }

    private <S> Optional<Refusal> refusal(ProcessId id, Input.Signed message, Kernel<S, ?, ?> kernel) {
        Outcome outcome =
                kernel.decide(kernel.initial(id), message, host.clock().millis(), 0);
        return outcome instanceof Outcome.Refused refused ? Optional.of(refused.refusal()) : Optional.empty();
    }
}

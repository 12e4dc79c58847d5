package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.MessageCodec;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.stream.javadsl.Source;

/** The door to all processes of the network, wherever they live: submit, query, watch, list. */
public final class Processes {
    private final ActorSystem<?> system;
    private final Genesis genesis;
    private final ProcessRegions regions;
    private final ReadLog log;
    private final Beginnings beginnings;
    private final HostSettings settings;
    private final AtomicInteger inFlight = new AtomicInteger();

    public Processes(ActorSystem<?> system, Genesis genesis, ProcessRegions regions) {
        this.system = system;
        this.genesis = genesis;
        this.regions = regions;
        this.log = new ReadLog(system);
        this.beginnings = new Beginnings(log, regions.host());
        this.settings = regions.host().settings();
    }

    /**
     * Has a signed message applied by the process that it names. Repeats within its deadline, because an applied message
     * returns its receipt again (HOST-13).
     *
     * @return fails with {@link Unanswered} if the outcome is open
     */
    public CompletionStage<Reply> submit(Bytes raw) {
        MessageCodec.Parsed parsed = MessageCodec.parse(raw, genesis.networkId());
        if (parsed instanceof MessageCodec.Refused refused) {
            return CompletableFuture.completedFuture(new Reply.Refused(refused.refusal()));
        }
        ProcessId target = ((MessageCodec.Accepted) parsed).target();
        return bounded(target, begun -> begun ? submit(target, raw) : submitFirst(target, raw))
                .exceptionallyCompose(failure -> cause(failure) instanceof Overloaded
                        ? CompletableFuture.completedFuture(new Reply.Refused(new Refusal(
                                Code.FULL, String.valueOf(cause(failure).getMessage()), "send it again in a second")))
                        : CompletableFuture.failedFuture(cause(failure)));
    }

    private CompletionStage<Reply> submit(ProcessId target, Bytes raw) {
        return ask(target, (ActorRef<Answer> replyTo) -> new Request.Submit(raw, replyTo))
                .thenApply(answer -> {
                    if (answer instanceof Answer.Receipted receipted) {
                        beginnings.begun(target);
                        return new Reply.Accepted(receipted.receipt());
                    }
                    return new Reply.Refused(((Answer.Refused) answer).refusal());
                });
    }

    /** A process that has not begun is begun only by what it records. */
    private CompletionStage<Reply> submitFirst(ProcessId target, Bytes raw) {
        return beginnings
                .refusal(target, raw)
                .thenCompose(refusal -> refusal.isPresent()
                        ? CompletableFuture.completedFuture(new Reply.Refused(refusal.get()))
                        : submit(target, raw));
    }

    /**
     * Asks a process for its state.
     *
     * @param sender whose last nonce the answer is to tell
     * @return fails with {@link Unanswered} or {@link Overloaded}
     */
    public CompletionStage<ProcessView> query(ProcessId id, Optional<Identity> sender) {
        return bounded(
                id,
                begun -> begun
                        ? ask(id, replyTo -> Request.Query.of(sender, replyTo))
                                .thenApply(answer -> ((Answer.Told) answer).view())
                        : CompletableFuture.completedFuture(beginnings.view(id)));
    }

    /** The stored entries of a process from a slot on: those of the journal, then each as it is recorded. Without end. */
    public Source<Bytes, NotUsed> watch(ProcessId id, long fromSlot) {
        return Watch.live(id, log, beginnings, fromSlot, regions, settings);
    }

    /** The stored entries of a process from a slot up to the head of the journal. */
    public Source<Bytes, NotUsed> entries(ProcessId id, long fromSlot) {
        return Watch.recorded(id, log, fromSlot);
    }

    /** Every process of which something was recorded. */
    public Source<ProcessId, NotUsed> processIds() {
        return log.processIds();
    }

    /** Does what is asked of a process, which depends on whether it has begun, if not too much is under way already. */
    private <T> CompletionStage<T> bounded(ProcessId id, Function<Boolean, CompletionStage<T>> act) {
        if (inFlight.incrementAndGet() > settings.maxInFlight()) {
            inFlight.decrementAndGet();
            return CompletableFuture.failedFuture(new Overloaded(settings.maxInFlight()));
        }
        return beginnings
                .hasBegun(id)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(new Unanswered(id, cause(failure))))
                .thenCompose(act)
                .whenComplete((answer, failure) -> inFlight.decrementAndGet());
    }

    private CompletionStage<Answer> ask(ProcessId id, Function<ActorRef<Answer>, Request.Wire> request) {
        return attempt(id, request, System.nanoTime() + settings.askDeadline().toNanos());
    }

    /**
     * One attempt after the other: the first ones may be lost while regions find their shards or a node goes away. One that
     * fails before its time found no region any more, because this node is stopping; another would find none either.
     */
    private CompletionStage<Answer> attempt(
            ProcessId id, Function<ActorRef<Answer>, Request.Wire> request, long deadlineNanos) {
        long askedNanos = System.nanoTime();
        long waitNanos = Math.max(
                1, Math.min(deadlineNanos - askedNanos, settings.askAttempt().toNanos()));
        return AskPattern.<ShardingEnvelope<Request>, Answer>ask(
                        regions.region(id.kind()),
                        replyTo -> ProcessRegions.envelope(id, request.apply(replyTo)),
                        Duration.ofNanos(waitNanos),
                        system.scheduler())
                .exceptionallyCompose(failure -> {
                    if (!(cause(failure) instanceof TimeoutException)) {
                        return CompletableFuture.failedFuture(cause(failure));
                    }
                    long now = System.nanoTime();
                    return now - askedNanos >= waitNanos && now < deadlineNanos
                            ? attempt(id, request, deadlineNanos)
                            : CompletableFuture.failedFuture(new Unanswered(id, cause(failure)));
                });
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}

package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.MessageCodec;
import computer.autonet.codec.StateCodec;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Refusal;
import java.time.Duration;
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
    private final HostSettings settings;
    private final AtomicInteger inFlight = new AtomicInteger();

    public Processes(ActorSystem<?> system, Genesis genesis, ProcessRegions regions) {
        this.system = system;
        this.genesis = genesis;
        this.regions = regions;
        this.log = new ReadLog(system);
        this.settings = HostSettings.from(system.settings().config());
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
        return ask(target, (ActorRef<Answer> replyTo) -> new Request.Submit(raw, replyTo))
                .<Reply>thenApply(Processes::reply)
                .exceptionallyCompose(failure -> cause(failure) instanceof Overloaded
                        ? CompletableFuture.completedFuture(new Reply.Refused(new Refusal(
                                Code.FULL, String.valueOf(cause(failure).getMessage()), "send it again in a second")))
                        : CompletableFuture.failedFuture(cause(failure)));
    }

    /** @return fails with {@link Unanswered} or {@link Overloaded} */
    public CompletionStage<ProcessView> query(ProcessId id) {
        return ask(id, Request.Query::new).thenApply(answer -> {
            Bytes state = ((Answer.Told) answer).state();
            return new ProcessView(StateCodec.decode(id, state), state, Hash.digest(state.toArray()));
        });
    }

    /** The stored entries of a process from a slot on: those of the journal, then each as it is recorded. Without end. */
    public Source<Bytes, NotUsed> watch(ProcessId id, long fromSlot) {
        return Watch.live(id, log, fromSlot, regions, settings.renewal(), settings.watchBuffer());
    }

    /** The stored entries of a process from a slot up to the head of the journal. */
    public Source<Bytes, NotUsed> entries(ProcessId id, long fromSlot) {
        return Watch.recorded(id, log, fromSlot);
    }

    /** Every process of which something was recorded. */
    public Source<ProcessId, NotUsed> processIds() {
        return log.processIds();
    }

    private static Reply reply(Answer answer) {
        return answer instanceof Answer.Receipted receipted
                ? new Reply.Accepted(receipted.receipt())
                : new Reply.Refused(((Answer.Refused) answer).refusal());
    }

    private CompletionStage<Answer> ask(ProcessId id, Function<ActorRef<Answer>, Request.Wire> request) {
        if (inFlight.incrementAndGet() > settings.maxInFlight()) {
            inFlight.decrementAndGet();
            return CompletableFuture.failedFuture(new Overloaded(settings.maxInFlight()));
        }
        long deadlineNanos = System.nanoTime() + settings.askDeadline().toNanos();
        return attempt(id, request, deadlineNanos).whenComplete((answer, failure) -> inFlight.decrementAndGet());
    }

    /** One attempt after the other: the first ones may be lost while regions find their shards or a node goes away. */
    private CompletionStage<Answer> attempt(
            ProcessId id, Function<ActorRef<Answer>, Request.Wire> request, long deadlineNanos) {
        long leftNanos = deadlineNanos - System.nanoTime();
        Duration wait = Duration.ofNanos(
                Math.max(1, Math.min(leftNanos, settings.askAttempt().toNanos())));
        return AskPattern.<ShardingEnvelope<Request>, Answer>ask(
                        regions.region(id.kind()),
                        replyTo -> ProcessRegions.envelope(id, request.apply(replyTo)),
                        wait,
                        system.scheduler())
                .exceptionallyCompose(failure -> {
                    if (!(cause(failure) instanceof TimeoutException)) {
                        return CompletableFuture.failedFuture(cause(failure));
                    }
                    return System.nanoTime() < deadlineNanos
                            ? attempt(id, request, deadlineNanos)
                            : CompletableFuture.failedFuture(new Unanswered(id, cause(failure)));
                });
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}

package computer.autonet.process;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.CodecException;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.PayloadCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.process.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The host of one process of any kind: lets the kernel judge each input, records one entry, answers, and takes up what the
 * process owes, at once and after every recovery.
 */
public abstract class ProcessActor<S, C extends Command, E extends Event>
        extends EventSourcedBehavior<Request, JournalRecord, Hosted<S>> {
    /** Pekko's scheduler takes no longer delays than some months; a tick that comes early is put off again. */
    private static final Duration LONGEST_TIMER = Duration.ofHours(1);

    private static final Object TICK_TIMER = "tick";

    private final Placement placement;
    private final ProcessId id;
    private final Host host;
    private final Kernel<S, C, E> kernel;
    private final Judge<S, C, E> judge;
    private final long epoch;
    private final Courier courier;
    private final Arrivals arrivals;
    private final Subscribers subscribers;
    private boolean outdated;
    private boolean leaving;

    protected ProcessActor(KindCodec<S, C, E> codec, Placement placement) {
        super(
                persistenceId(placement.id()),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
        this.placement = placement;
        this.id = placement.id();
        this.host = placement.host();
        this.kernel = codec.kernel(host.genesis(), host.guard());
        this.judge = new Judge<>(id, kernel);
        this.epoch = host.fencing().epoch(placement.leaseName());
        this.courier = new Courier(
                host.routes(),
                placement.context().getSelf(),
                placement.timers(),
                host.settings(),
                placement.context().getLog());
        this.arrivals = new Arrivals(host.settings().maxArrivals());
        this.subscribers = new Subscribers(
                host.settings().maxSubscribers(), host.settings().renewal());
    }

    /** The sharding key of a kind. */
    protected static EntityTypeKey<Request> keyOf(Kind kind) {
        return EntityTypeKey.create(Request.class, kind.label());
    }

    static PersistenceId persistenceId(ProcessId id) {
        return PersistenceId.of(id.kind().label(), id.hash().toHex());
    }

    // Submissions

    @Override
    public CommandHandler<Request, JournalRecord, Hosted<S>> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Request.Submit.class, this::onSubmit)
                .onCommand(Local.Verified.class, this::onVerified)
                .onCommand(Local.Next.class, (hosted, next) -> judgeNext(hosted))
                .onCommand(Request.Deliver.class, this::onDeliver)
                .onCommand(Local.Due.class, this::onDue)
                .onCommand(Request.Acknowledged.class, this::onAcknowledged)
                .onCommand(Request.Expected.class, this::onExpected)
                .onCommand(Local.Resend.class, this::onResend)
                .onCommand(Local.RecordMarks.class, (hosted, now) -> recordMarks())
                .onCommand(Request.Query.class, this::onQuery)
                .onCommand(Request.Subscribe.class, this::onSubscribe)
                .onCommand(Request.Unsubscribe.class, this::onUnsubscribe)
                .onCommand(Request.Wake.class, (hosted, wake) -> Effect().none())
                .onCommand(Local.Idle.class, this::onIdle)
                .onCommand(
                        Local.Outdated.class,
                        (hosted, outdated) -> leave("another node wrote under epoch "
                                + hosted.state().epoch() + " and this one holds " + epoch))
                .onCommand(Local.Stop.class, this::onStop)
                .build();
    }

    private Effect<JournalRecord, Hosted<S>> onSubmit(Hosted<S> hosted, Request.Submit submit) {
        if (arrivals.isFull()) {
            submit.replyTo()
                    .tell(Answer.Refused.of(new Refusal(
                            Code.FULL,
                            host.settings().maxArrivals() + " messages wait for " + id.brief(),
                            "send it again in a second")));
            return Effect().none();
        }
        long ticket = arrivals.add(submit.replyTo());
        placement.context().pipeToSelf(host.verifier().verify(submit.message()), (verdict, failure) -> {
            if (failure != null) {
                placement.context().getLog().error("a signature could not be checked", failure);
            }
            return new Local.Verified(ticket, failure == null ? verdict : unchecked());
        });
        return Effect().none();
    }

    private static Verdict unchecked() {
        return new Verdict.Bad(new Refusal(
                Code.MALFORMED,
                "the message could not be checked",
                "see the node's log; send a well-formed data item"));
    }

    private Effect<JournalRecord, Hosted<S>> onVerified(Hosted<S> hosted, Local.Verified verified) {
        arrivals.verified(verified.ticket(), verified.verdict());
        return judgeNext(hosted);
    }

    /** HOST-03: the first submission first, and only once its signature has been checked. */
    private Effect<JournalRecord, Hosted<S>> judgeNext(Hosted<S> hosted) {
        Optional<Arrivals.Ready> ready = arrivals.poll();
        if (ready.isEmpty()) {
            return Effect().none();
        }
        if (arrivals.hasReady()) {
            placement.context().getSelf().tell(new Local.Next());
        }
        ActorRef<Answer> replyTo = ready.get().replyTo();
        if (ready.get().verdict() instanceof Verdict.Bad bad) {
            replyTo.tell(Answer.Refused.of(bad.refusal()));
            return Effect().none();
        }
        var genuine = (Verdict.Genuine) ready.get().verdict();
        if (!genuine.target().equals(id)) {
            replyTo.tell(Answer.Refused.of(new Refusal(
                    Code.WRONG_TARGET, "the message is for " + genuine.target() + ", not " + id, "send it there")));
            return Effect().none();
        }
        return take(hosted, genuine.message(), (outcome, receipt) -> {
            // HOST-04: what was applied before keeps its receipt, also when a crash swallowed the first answer.
            if (outcome instanceof Outcome.Known known) {
                replyTo.tell(Answer.Receipted.of(known.receipt()));
            } else if (outcome instanceof Outcome.Refused no) {
                replyTo.tell(Answer.Refused.of(no.refusal()));
            } else {
                replyTo.tell(Answer.Receipted.of(receipt.orElseThrow()));
            }
        });
    }

    // Messages of other processes

    private Effect<JournalRecord, Hosted<S>> onDeliver(Hosted<S> hosted, Request.Deliver deliver) {
        Input.FromProcess message;
        try {
            message = PayloadCodec.decode(deliver.message());
        } catch (CodecException e) {
            placement.context().getLog().error("{} got a message that it cannot read: {}", id, e.getMessage());
            return Effect().none();
        }
        return take(hosted, message, (outcome, receipt) -> {
            // HOST-05: only what is on disk is acknowledged.
            if (outcome instanceof Outcome.OutOfOrder gap) {
                deliver.replyTo().tell(new Request.Expected(id.toString(), gap.expected()));
            } else {
                long upTo = outcome instanceof Outcome.Redelivered again ? again.upTo() : message.sequence();
                deliver.replyTo().tell(new Request.Acknowledged(id.toString(), upTo));
            }
        });
    }

    // Deadlines

    private Effect<JournalRecord, Hosted<S>> onDue(Hosted<S> hosted, Local.Due due) {
        return take(hosted, new Input.Tick(due.deadlineMillis()), (outcome, receipt) -> {
            if (outcome instanceof Outcome.Stale) {
                scheduleTick(hosted.state());
            }
        });
    }

    /** HOST-08: by the host's clock; a timer that comes early is set again. */
    private void scheduleTick(ProcessState<S> state) {
        OptionalLong deadline = kernel.deadlineMillis(state);
        if (deadline.isEmpty()) {
            placement.timers().cancel(TICK_TIMER);
            return;
        }
        long wait = Math.max(1, deadline.getAsLong() - host.clock().millis());
        Duration delay = wait < LONGEST_TIMER.toMillis() ? Duration.ofMillis(wait) : LONGEST_TIMER;
        placement.timers().startSingleTimer(TICK_TIMER, new Local.Due(deadline.getAsLong()), delay);
    }

    // The one way in

    @FunctionalInterface
    private interface Answering {
        /** @param receipt of the entry that the input itself became */
        void accept(Outcome outcome, Optional<Receipt> receipt);
    }

    /** HOST-02: due ticks first, then the input; what they become is recorded in one write, then answered. */
    private Effect<JournalRecord, Hosted<S>> take(Hosted<S> hosted, Input input, Answering answer) {
        if (!mayWrite()) {
            return leave("it no longer holds the lease " + placement.leaseName() + " under epoch " + epoch);
        }
        Judge.Judged judged = judge.judge(hosted.state(), input, host.clock().millis(), epoch);
        List<SealedEntry> entries = judged.entries();
        if (entries.isEmpty()) {
            answer.accept(judged.outcome(), judged.receipt());
            return Effect().none();
        }
        List<JournalRecord> records = new ArrayList<>();
        entries.forEach(entry -> records.add(new JournalRecord.Entry(entry.stored(), entry)));
        return Effect().persist(records).thenRun((Hosted<S> after) -> {
            answer.accept(judged.outcome(), judged.receipt());
            entries.forEach(entry -> subscribers.publish(entry.draft().slot(), entry.stored()));
            takeUp(after);
        });
    }

    /** HOST-11: a process writes only under the lease that it started with. */
    private boolean mayWrite() {
        return !outdated
                && host.fencing().held(placement.leaseName())
                && host.fencing().epoch(placement.leaseName()) == epoch;
    }

    private Effect<JournalRecord, Hosted<S>> leave(String why) {
        placement.context().getLog().error("{} stops without writing: {}", id, why);
        return Effect().stop();
    }

    /** HOST-07: everything owed follows from what was recorded. */
    private void takeUp(Hosted<S> hosted) {
        courier.deliver(hosted.outbox());
        scheduleTick(hosted.state());
    }

    private boolean owes(Hosted<S> hosted) {
        return !hosted.outbox().isEmpty()
                || kernel.deadlineMillis(hosted.state()).isPresent()
                || !arrivals.isEmpty();
    }

    // Delivery

    private Effect<JournalRecord, Hosted<S>> onAcknowledged(Hosted<S> hosted, Request.Acknowledged message) {
        return courier.acknowledged(ProcessId.parse(message.receiver()), message.upTo(), hosted.outbox())
                ? recordMarks()
                : Effect().none();
    }

    private Effect<JournalRecord, Hosted<S>> onExpected(Hosted<S> hosted, Request.Expected message) {
        return courier.expected(ProcessId.parse(message.receiver()), message.from(), hosted.outbox())
                ? recordMarks()
                : Effect().none();
    }

    private Effect<JournalRecord, Hosted<S>> onResend(Hosted<S> hosted, Local.Resend resend) {
        courier.resend(resend.receiver(), hosted.outbox());
        return Effect().none();
    }

    private Effect<JournalRecord, Hosted<S>> recordMarks() {
        if (!courier.hasMarks()) {
            return Effect().none();
        }
        if (!mayWrite()) {
            return leave("it no longer holds the lease " + placement.leaseName() + " under epoch " + epoch);
        }
        return Effect().persist(courier.takeMarks()).thenRun((Hosted<S> after) -> courier.tidy(after.outbox()));
    }

    // Reading

    private Effect<JournalRecord, Hosted<S>> onQuery(Hosted<S> hosted, Request.Query query) {
        query.replyTo().tell(Answer.Told.of(ProcessView.of(hosted.state(), query.asked())));
        return Effect().none();
    }

    private Effect<JournalRecord, Hosted<S>> onSubscribe(Hosted<S> hosted, Request.Subscribe subscribe) {
        subscribers.renew(subscribe.subscriber(), hosted.state().nextSlot());
        return Effect().none();
    }

    private Effect<JournalRecord, Hosted<S>> onUnsubscribe(Hosted<S> hosted, Request.Unsubscribe unsubscribe) {
        subscribers.remove(unsubscribe.subscriber());
        return Effect().none();
    }

    // Leaving memory

    /** HOST-09: who owes nothing and is watched by nobody leaves memory. */
    private Effect<JournalRecord, Hosted<S>> onIdle(Hosted<S> hosted, Local.Idle idle) {
        if (!owes(hosted) && subscribers.isEmpty()) {
            leaving = true;
            placement
                    .shard()
                    .tell(new ClusterSharding.Passivate<>(placement.context().getSelf()));
        }
        return Effect().none();
    }

    private Effect<JournalRecord, Hosted<S>> onStop(Hosted<S> hosted, Local.Stop stop) {
        if (leaving && owes(hosted)) {
            // Work came after the request to leave. (When a shard moves, the next host starts what is remembered.)
            host.routes().send(id, new Request.Wake());
        }
        return courier.hasMarks() && mayWrite()
                ? Effect().persist(courier.takeMarks()).thenStop()
                : Effect().stop();
    }

    // Events

    @Override
    public Hosted<S> emptyState() {
        return judge.initial();
    }

    @Override
    public EventHandler<Hosted<S>, JournalRecord> eventHandler() {
        return judge::after;
    }

    @Override
    public SignalHandler<Hosted<S>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .build();
    }

    private void onRecovered(Hosted<S> hosted) {
        // After a failed write the same actor starts over; whoever waited asks again.
        arrivals.clear();
        courier.reset();
        if (hosted.state().epoch() > epoch) {
            outdated = true;
            placement.context().getSelf().tell(new Local.Outdated());
            return;
        }
        placement.context().setReceiveTimeout(host.settings().idleTimeout(), new Local.Idle());
        takeUp(hosted);
    }

    // Storage

    @Override
    public RetentionCriteria retentionCriteria() {
        // HOST-10: snapshots only shorten recovery; events are never deleted.
        return RetentionCriteria.snapshotEvery(host.settings().snapshotEvery(), 2);
    }

    @Override
    public SnapshotAdapter<Hosted<S>> snapshotAdapter() {
        return new Checkpoints<>(id);
    }
}

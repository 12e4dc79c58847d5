package computer.autonet.protocol.process;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.genesis.Versions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How any process lives: judges an input against the log so far, and carries a recorded entry into the state. Pure; the
 * host persists between the two calls, and replay calls the second alone.
 */
public final class Kernel<S, C extends Command, E extends Event> {
    /** PROC-05: how far ahead a message may expire. Bounds how long receipts must be remembered. */
    public static final long MAX_LIFE_MILLIS = 10 * 60 * 1000;

    /** PROC-06: receipts remembered per process; as many submissions as a host lets wait there. */
    public static final int MAX_APPLIED = 256;

    /** PROC-09: a tick logged later than this shows that the host was away. Longer than any pause of a live host. */
    public static final long TICK_GRACE_MILLIS = 2_000;

    private final ByVersion<Rules<S, C, E>> rules;
    private final Class<C> commandType;
    private final Class<E> eventType;
    private final Genesis genesis;
    private final Guard guard;
    private final Function<Command, String> actions;

    /** @param actions what messages and logs call a command; stands in refusals that logs keep, and so in their hashes */
    public Kernel(
            ByVersion<Rules<S, C, E>> rules,
            Class<C> commandType,
            Class<E> eventType,
            Genesis genesis,
            Guard guard,
            Function<Command, String> actions) {
        this.rules = rules;
        this.commandType = commandType;
        this.eventType = eventType;
        this.genesis = genesis;
        this.guard = guard;
        this.actions = actions;
    }

    public Kind kind() {
        return rules(genesis.versions()).kind();
    }

    /** PROC-14: the rules by which a log goes on are those that it began with. */
    private Rules<S, C, E> rules(ProcessState<S> state) {
        return rules(state.versions());
    }

    private Rules<S, C, E> rules(Versions versions) {
        return rules.at(versions.rules());
    }

    public ProcessState<S> initial(ProcessId id) {
        if (id.kind() != kind()) {
            throw new IllegalArgumentException(id + " is not of kind " + kind());
        }
        return new ProcessState<>(
                id,
                genesis.versions(),
                0,
                0,
                0,
                id.hash(),
                Tables.empty(),
                Tables.empty(),
                Tables.empty(),
                Tables.empty(),
                rules(genesis.versions()).initial(id, genesis));
    }

    /** When the process acts by itself if nothing arrives before. */
    public OptionalLong deadlineMillis(ProcessState<S> state) {
        return rules(state).deadlineMillis(state.domain());
    }

    /** PROC-03: judges an input that arrives at {@code nowMillis} under lease {@code epoch}. Changes nothing. */
    public Outcome decide(ProcessState<S> state, Input input, long nowMillis, long epoch) {
        // PROC-01
        long timestamp = Math.max(nowMillis, state.timestampMillis());
        if (input instanceof Input.Tick tick) {
            return tick(state, tick, timestamp, epoch);
        }
        OptionalLong due = deadlineMillis(state);
        if (due.isPresent() && due.getAsLong() <= timestamp) {
            return new Outcome.TickFirst(new Input.Tick(due.getAsLong()));
        }
        return input instanceof Input.Signed signed
                ? signed(state, signed, timestamp, epoch)
                : fromProcess(state, (Input.FromProcess) input, timestamp, epoch);
    }

    private Outcome signed(ProcessState<S> state, Input.Signed message, long timestamp, long epoch) {
        Applied before = state.applied().get(message.id());
        if (before != null) {
            return new Outcome.Known(
                    new Receipt(state.id(), before.slot(), before.timestampMillis(), before.entryHash()));
        }
        Optional<Refusal> envelope = checkEnvelope(state, message, timestamp);
        if (envelope.isPresent()) {
            return new Outcome.Refused(envelope.get());
        }
        if (!commandType.isInstance(message.command())) {
            return new Outcome.Refused(notOfThisKind(message.command()));
        }
        C command = commandType.cast(message.command());
        if (rules(state).isInternal(command)) {
            return refused(
                    Code.NOT_A_SIGNED_ACT,
                    actions.apply(command) + " is sent between processes only",
                    "use an act that docs/spec lists for signers");
        }
        if (!rules(state).exists(state.domain())) {
            return refused(
                    Code.NO_SUCH_PROCESS, "nobody created " + state.id(), "check the target; ids come from receipts");
        }
        var context =
                new Context(state.id(), new Origin.Signer(message.sender()), state.nextSlot(), timestamp, genesis);
        Decision<E> decision = judge(state, command, context);
        if (decision instanceof Decision.Refused<E> refused) {
            return new Outcome.Refused(refused.refusal());
        }
        return record(state, message, (Decision.Accepted<E>) decision, context, epoch);
    }

    private Optional<Refusal> checkEnvelope(ProcessState<S> state, Input.Signed message, long timestamp) {
        if (message.expiresMillis() <= timestamp) {
            return refusal(
                    Code.EXPIRED,
                    "the message expired " + (timestamp - message.expiresMillis()) + " ms ago",
                    "sign it again with a later Expires; its nonce is still free unless the log shows it");
        }
        if (message.expiresMillis() > timestamp + MAX_LIFE_MILLIS) {
            return refusal(
                    Code.EXPIRES_TOO_LATE,
                    "the message expires in " + (message.expiresMillis() - timestamp) + " ms",
                    "sign it again with Expires at most " + MAX_LIFE_MILLIS + " ms ahead");
        }
        // PROC-08
        long last = lastNonce(state, message.sender());
        if (message.nonce() <= last) {
            return refusal(
                    Code.NONCE_USED,
                    "nonce " + message.nonce() + " was used, the last one was " + last,
                    "sign again with nonce " + (last + 1));
        }
        if (message.nonce() > last + 1) {
            return refusal(
                    Code.NONCE_GAP,
                    "nonce " + message.nonce() + " skips " + (last + 1),
                    "send nonce " + (last + 1) + " first");
        }
        return Optional.empty();
    }

    /** The last nonce that this sender used here; 0 before the first. */
    public static long lastNonce(ProcessState<?> state, Identity sender) {
        return state.nonces().getOrDefault(sender, 0L);
    }

    /** PROC-07. */
    private Outcome fromProcess(ProcessState<S> state, Input.FromProcess message, long timestamp, long epoch) {
        long last = state.received().getOrDefault(message.source(), 0L);
        if (message.sequence() <= last) {
            return new Outcome.Redelivered(last);
        }
        if (message.sequence() != last + 1) {
            return new Outcome.OutOfOrder(last + 1);
        }
        var origin = new Origin.Process(message.source(), message.slot(), message.index());
        var context = new Context(state.id(), origin, state.nextSlot(), timestamp, genesis);
        Decision<E> decision;
        if (message.payload() instanceof Payload.Bounce bounce) {
            // PROC-12: who was asked nothing has nothing to return.
            decision = state.sent().containsKey(message.source())
                    ? rules(state).onBounce(state.domain(), bounce.command(), bounce.refusal(), context)
                    : new Decision.Accepted<>(List.of(), List.of());
        } else {
            Command command = ((Payload.Ask) message.payload()).command();
            decision = asked(state, command, origin, context);
            if (decision instanceof Decision.Refused<E> refused) {
                var back = new Outgoing(message.source(), new Payload.Bounce(command, refused.refusal()));
                return new Outcome.Record(draft(
                        state, message, List.of(), Optional.of(refused.refusal()), 0, List.of(back), timestamp, epoch));
            }
        }
        return record(state, message, (Decision.Accepted<E>) decision, context, epoch);
    }

    private Decision<E> asked(ProcessState<S> state, Command command, Origin.Process origin, Context context) {
        if (!rules(state).exists(state.domain()) && !createdBy(state.id(), origin)) {
            return Decision.refuse(
                    Code.NOT_THE_CREATOR,
                    origin.id() + " did not create " + state.id(),
                    "send to the id that the creating entry gives");
        }
        if (!commandType.isInstance(command)) {
            return new Decision.Refused<>(notOfThisKind(command));
        }
        C act = commandType.cast(command);
        return rules(state).isInternal(act)
                ? judge(state, act, context)
                : Decision.refuse(
                        Code.NOT_AUTHORISED,
                        actions.apply(command) + " needs a signature",
                        "let the holder of a key sign it");
    }

    /** PROC-11. */
    private Refusal notOfThisKind(Command command) {
        return new Refusal(
                Code.UNKNOWN_ACTION,
                actions.apply(command) + " is no act of a process of kind " + kind().label(),
                "send it to the kind that docs/spec lists it for");
    }

    private Outcome tick(ProcessState<S> state, Input.Tick tick, long timestamp, long epoch) {
        OptionalLong due = deadlineMillis(state);
        if (due.isEmpty() || due.getAsLong() != tick.dueMillis() || tick.dueMillis() > timestamp) {
            return new Outcome.Stale();
        }
        long late = timestamp - tick.dueMillis();
        if (late > TICK_GRACE_MILLIS) {
            long remaining = Math.max(0, tick.dueMillis() - state.timestampMillis());
            long extension = late + Math.max(TICK_GRACE_MILLIS, Math.min(remaining, late));
            return new Outcome.Record(
                    draft(state, tick, List.of(), Optional.empty(), extension, List.of(), timestamp, epoch));
        }
        var context = new Context(state.id(), new Origin.Clock(), state.nextSlot(), timestamp, genesis);
        return record(state, tick, rules(state).onDeadline(state.domain(), context), context, epoch);
    }

    private Decision<E> judge(ProcessState<S> state, C command, Context context) {
        Optional<Refusal> unconstitutional = guard.judge(state.versions().constitution(), command, context);
        return unconstitutional.isPresent()
                ? new Decision.Refused<>(unconstitutional.get())
                : rules(state).decide(state.domain(), command, context);
    }

    private Outcome record(
            ProcessState<S> state, Input input, Decision.Accepted<E> accepted, Context context, long epoch) {
        return new Outcome.Record(draft(
                state,
                input,
                accepted.events(),
                Optional.empty(),
                0,
                accepted.outbox(),
                context.timestampMillis(),
                epoch));
    }

    private Draft draft(
            ProcessState<S> state,
            Input input,
            List<? extends Event> events,
            Optional<Refusal> bounced,
            long extension,
            List<Outgoing> outbox,
            long timestamp,
            long epoch) {
        Map<ProcessId, Long> sent = new HashMap<>();
        List<Parcel> parcels = new ArrayList<>();
        for (Outgoing out : outbox) {
            long sequence = sent.merge(
                    out.receiver(), state.sent().getOrDefault(out.receiver(), 0L) + 1, (old, first) -> old + 1);
            parcels.add(new Parcel(out.receiver(), sequence, out.payload()));
        }
        return new Draft(
                state.nextSlot(),
                epoch,
                timestamp,
                state.nextSlot() == 0 ? Optional.of(state.versions()) : Optional.empty(),
                input,
                List.copyOf(events),
                bounced,
                extension,
                parcels);
    }

    /**
     * PROC-04: the state after an entry.
     *
     * @throws IllegalStateException if the entry cannot follow: another writer's, or not of this log, or it begins a log
     *     under other versions than the state holds (PROC-14)
     */
    public ProcessState<S> evolve(ProcessState<S> state, Draft entry, Hash entryHash) {
        if (entry.slot() != state.nextSlot() || entry.epoch() < state.epoch()) {
            throw new IllegalStateException("entry " + entry.slot() + " of epoch " + entry.epoch()
                    + " cannot follow slot " + (state.nextSlot() - 1) + " of epoch " + state.epoch() + " in "
                    + state.id());
        }
        entry.versions().filter(named -> !named.equals(state.versions())).ifPresent(named -> {
            throw new IllegalStateException("the log of " + state.id() + " begins under " + named
                    + ", the network is under " + state.versions());
        });
        Rules<S, C, E> rules = rules(state);
        S domain = entry.extendedMillis() > 0 ? rules.extended(state.domain(), entry.extendedMillis()) : state.domain();
        for (Event event : entry.events()) {
            domain = rules.evolve(domain, eventType.cast(event));
        }
        var nonces = state.nonces();
        var applied = state.applied();
        var received = state.received();
        if (entry.input() instanceof Input.Signed signed) {
            nonces = Tables.with(nonces, signed.sender(), signed.nonce());
            applied = Tables.with(applied, signed.id(), new Applied(entry.slot(), entry.timestampMillis(), entryHash));
            if (applied.size() > MAX_APPLIED) {
                var oldest = applied.entrySet().stream()
                        .min(Comparator.comparingLong(a -> a.getValue().slot()))
                        .orElseThrow();
                applied = Tables.without(applied, oldest.getKey());
            }
        } else if (entry.input() instanceof Input.FromProcess from) {
            received = Tables.with(received, from.source(), from.sequence());
        }
        var sent = state.sent();
        if (!entry.outbox().isEmpty()) {
            var next = new TreeMap<>(sent);
            entry.outbox().forEach(parcel -> next.put(parcel.receiver(), parcel.sequence()));
            sent = next;
        }
        return new ProcessState<>(
                state.id(),
                state.versions(),
                entry.slot() + 1,
                entry.epoch(),
                entry.timestampMillis(),
                entryHash,
                nonces,
                applied,
                received,
                sent,
                domain);
    }

    private static boolean createdBy(ProcessId id, Origin.Process origin) {
        return ProcessId.created(id.kind(), origin.id(), origin.slot(), origin.index())
                .equals(id);
    }

    private static Optional<Refusal> refusal(Code code, String detail, String remedy) {
        return Optional.of(new Refusal(code, detail, remedy));
    }

    private static Outcome refused(Code code, String detail, String remedy) {
        return new Outcome.Refused(new Refusal(code, detail, remedy));
    }
}

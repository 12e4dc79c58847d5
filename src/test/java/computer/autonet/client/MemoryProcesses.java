package computer.autonet.client;

import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outbox;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All processes of a network in memory, run by the real kernels: states, logs, outboxes, and a clock that a test moves. */
final class MemoryProcesses {
    private final Genesis genesis;
    private final Map<ProcessId, Host<?, ?, ?>> hosts = new TreeMap<>();
    private long nowMillis = 1_700_000_000_000L;
    private long entries;
    private Consumer<SealedEntry> logged = entry -> {};

    MemoryProcesses(Genesis genesis) {
        this.genesis = genesis;
    }

    /** One process: its state, its log, what it owes. */
    private static final class Host<S, C extends Command, E extends Event> {
        final Kernel<S, C, E> kernel;
        final List<SealedEntry> log = new ArrayList<>();
        ProcessState<S> state;
        Outbox outbox = Outbox.EMPTY;

        Host(ProcessId id, Kernel<S, C, E> kernel) {
            this.kernel = kernel;
            this.state = kernel.initial(id);
        }

        SealedEntry append(Draft draft) {
            SealedEntry entry = EntryCodec.seal(state.id(), draft, state.head());
            log.add(entry);
            outbox = outbox.after(state.id(), draft, entry.hash());
            state = kernel.evolve(state, draft, entry.hash());
            return entry;
        }
    }

    private Host<?, ?, ?> host(ProcessId id) {
        return hosts.computeIfAbsent(
                id, i -> new Host<>(i, KindCodec.of(i.kind()).kernel(genesis, new ConstitutionGuard())));
    }

    /** From now on told of each entry at once, while nobody else can read or act. */
    synchronized void onLogged(Consumer<SealedEntry> action) {
        logged = action;
    }

    synchronized long nowMillis() {
        return nowMillis;
    }

    synchronized long entries() {
        return entries;
    }

    synchronized List<SealedEntry> log(ProcessId id) {
        return List.copyOf(host(id).log);
    }

    /** The entry of a slot, if it is logged yet. */
    synchronized Optional<SealedEntry> entry(ProcessId id, long slot) {
        List<SealedEntry> log = host(id).log;
        return slot < log.size() ? Optional.of(log.get((int) slot)) : Optional.empty();
    }

    synchronized ProcessState<?> state(ProcessId id) {
        return host(id).state;
    }

    /** Those that have been asked for, in order. */
    synchronized List<ProcessId> ids() {
        return List.copyOf(hosts.keySet());
    }

    /** Those with an entry, in order. */
    synchronized List<ProcessId> begun() {
        return hosts.entrySet().stream()
                .filter(host -> !host.getValue().log.isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Records what is accepted and lets all that follows from it happen: {@code Known} then, or {@code Refused}. */
    synchronized Outcome submit(ProcessId target, Input.Signed input) {
        Host<?, ?, ?> host = host(target);
        Outcome outcome = decide(host, input);
        if (outcome instanceof Outcome.Refused) {
            return outcome;
        }
        Outcome applied = outcome instanceof Outcome.Known
                ? outcome
                : new Outcome.Known(new Receipt(target, host.state.nextSlot() - 1, nowMillis, host.state.head()));
        deliver();
        return applied;
    }

    /** Moves the clock to the next deadline of any process and lets it act; false if there is none. */
    synchronized boolean tickNext() {
        Optional<Host<?, ?, ?>> next = Optional.empty();
        long due = Long.MAX_VALUE;
        for (Host<?, ?, ?> host : hosts.values()) {
            OptionalLong deadline = deadline(host);
            if (deadline.isPresent() && deadline.getAsLong() < due) {
                due = deadline.getAsLong();
                next = Optional.of(host);
            }
        }
        if (next.isEmpty()) {
            return false;
        }
        nowMillis = Math.max(nowMillis, due);
        decide(next.get(), new Input.Tick(due));
        deliver();
        return true;
    }

    private static <S> OptionalLong deadline(Host<S, ?, ?> host) {
        return host.kernel.deadlineMillis(host.state);
    }

    private <S> Outcome decide(Host<S, ?, ?> host, Input input) {
        Outcome outcome = host.kernel.decide(host.state, input, nowMillis, 1);
        if (outcome instanceof Outcome.TickFirst first) {
            decide(host, first.tick());
            return decide(host, input);
        }
        if (outcome instanceof Outcome.Record record) {
            SealedEntry entry = host.append(record.draft());
            entries++;
            logged.accept(entry);
        }
        return outcome;
    }

    private void deliver() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (ProcessId id : List.copyOf(hosts.keySet())) {
                Host<?, ?, ?> source = host(id);
                for (var owed : List.copyOf(source.outbox.owed().entrySet())) {
                    for (Input.FromProcess message : owed.getValue()) {
                        decide(host(owed.getKey()), message);
                        source.outbox = source.outbox.delivered(owed.getKey(), message.sequence());
                        moved = true;
                    }
                }
            }
        }
    }
}

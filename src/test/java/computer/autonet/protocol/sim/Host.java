package computer.autonet.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outbox;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.ProcessState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** One process with its disk: what a crash leaves is the journal and the delivery marks that were written. */
final class Host<S, C extends Command, E extends Event> {
    /** An entry on disk. */
    record Stored(Draft draft, Hash hash) {}

    final ProcessId id;
    final List<Stored> journal = new ArrayList<>();
    private final TreeMap<ProcessId, Long> marksOnDisk = new TreeMap<>();
    private final Kernel<S, C, E> kernel;

    // What a crash loses.
    private ProcessState<S> state;
    private Outbox outbox = Outbox.EMPTY;

    long downUntilMillis;
    int incarnation = 1;

    Host(ProcessId id, Kernel<S, C, E> kernel) {
        this.id = id;
        this.kernel = kernel;
        this.state = kernel.initial(id);
    }

    ProcessState<S> state() {
        return state;
    }

    S domain() {
        return state.domain();
    }

    Outbox outbox() {
        return outbox;
    }

    OptionalLong deadlineMillis() {
        return kernel.deadlineMillis(state);
    }

    Outcome decide(Input input, long nowMillis) {
        return decide(state, input, nowMillis);
    }

    /** What it would answer in another state, such as one that it has had. */
    Outcome decide(ProcessState<S> had, Input input, long nowMillis) {
        return kernel.decide(had, input, nowMillis, incarnation);
    }

    /** What would follow, without keeping it. */
    ProcessState<S> imagine(Draft draft) {
        return kernel.evolve(state, draft, hash(draft));
    }

    Stored persist(Draft draft) {
        var stored = new Stored(draft, hash(draft));
        journal.add(stored);
        return stored;
    }

    private Hash hash(Draft draft) {
        return Commitment.tagged("entry")
                .with(state.head())
                .with(draft.slot())
                .with(Integer.toUnsignedLong(draft.hashCode()))
                .hash();
    }

    void apply(Stored stored) {
        state = kernel.evolve(state, stored.draft(), stored.hash());
        outbox = outbox.after(id, stored.draft(), stored.hash());
    }

    /** The receiver has logged everything up to {@code upTo}; the mark may not reach the disk before a crash. */
    void delivered(ProcessId receiver, long upTo, boolean onDisk) {
        outbox = outbox.delivered(receiver, upTo);
        if (onDisk) {
            marksOnDisk.merge(receiver, upTo, Math::max);
        }
    }

    /** Begins again from the disk. */
    void recover() {
        incarnation++;
        state = kernel.initial(id);
        outbox = Outbox.EMPTY;
        journal.forEach(this::apply);
        marksOnDisk.forEach((receiver, upTo) -> outbox = outbox.delivered(receiver, upTo));
    }

    /** Each entry with the state before it. */
    void replay(BiConsumer<ProcessState<S>, Draft> reader) {
        ProcessState<S> replayed = kernel.initial(id);
        for (Stored stored : journal) {
            reader.accept(replayed, stored.draft());
            replayed = kernel.evolve(replayed, stored.draft(), stored.hash());
        }
    }

    /** An outsider's replay: the same inputs give the same entries and the same state. */
    void verify() {
        ProcessState<S> replayed = kernel.initial(id);
        for (Stored stored : journal) {
            Draft draft = stored.draft();
            Outcome outcome = kernel.decide(replayed, draft.input(), draft.timestampMillis(), draft.epoch());
            assertThat(outcome).isEqualTo(new Outcome.Record(draft));
            replayed = kernel.evolve(replayed, draft, stored.hash());
        }
        assertThat(replayed).isEqualTo(state);
    }
}

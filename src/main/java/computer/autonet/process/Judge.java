package computer.autonet.process;

import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outbox;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kernel of one process between journal and host: inputs to sealed entries, stored records to state. No effects. */
final class Judge<S, C extends Command, E extends Event> {
    /** Deadlines that one input may find due. Rules move on with each, so more of them mean that they do not. */
    private static final int MAX_TICKS = 64;

    /**
     * What is to be recorded for an input, and answered afterwards.
     *
     * @param entries ticks that were due before it, then its own, if it becomes one
     * @param outcome of the input itself
     * @param receipt of its own entry
     */
    record Judged(List<SealedEntry> entries, Outcome outcome, Optional<Receipt> receipt) {}

    private final ProcessId id;
    private final Kernel<S, C, E> kernel;

    Judge(ProcessId id, Kernel<S, C, E> kernel) {
        this.id = id;
        this.kernel = kernel;
    }

    /** HOST-02: due ticks first, then the input. */
    Judged judge(ProcessState<S> before, Input input, long nowMillis, long epoch) {
        List<SealedEntry> entries = new ArrayList<>();
        ProcessState<S> state = before;
        Outcome outcome = kernel.decide(state, input, nowMillis, epoch);
        while (outcome instanceof Outcome.TickFirst first) {
            if (entries.size() == MAX_TICKS
                    || !(kernel.decide(state, first.tick(), nowMillis, epoch) instanceof Outcome.Record tick)) {
                throw new IllegalStateException(
                        "the rules do not move past deadline " + first.tick().dueMillis() + " of " + id);
            }
            SealedEntry sealed = EntryCodec.seal(id, tick.draft(), state.head());
            entries.add(sealed);
            state = kernel.evolve(state, sealed.draft(), sealed.hash());
            outcome = kernel.decide(state, input, nowMillis, epoch);
        }
        Optional<Receipt> receipt = Optional.empty();
        if (outcome instanceof Outcome.Record own) {
            SealedEntry sealed = EntryCodec.seal(id, own.draft(), state.head());
            entries.add(sealed);
            receipt =
                    Optional.of(new Receipt(id, own.draft().slot(), own.draft().timestampMillis(), sealed.hash()));
        }
        return new Judged(entries, outcome, receipt);
    }

    Hosted<S> initial() {
        return new Hosted<>(kernel.initial(id), Outbox.EMPTY);
    }

    /**
     * What a host knows after a record of its journal.
     *
     * @throws IllegalStateException if the record does not follow from what is before it
     */
    Hosted<S> after(Hosted<S> hosted, JournalRecord record) {
        if (record instanceof JournalRecord.Delivered delivered) {
            Outbox outbox = hosted.outbox();
            for (var mark : delivered.marks().entrySet()) {
                outbox = outbox.delivered(mark.getKey(), mark.getValue());
            }
            return new Hosted<>(hosted.state(), outbox);
        }
        var entry = (JournalRecord.Entry) record;
        SealedEntry sealed = entry.sealed() != null ? entry.sealed() : EntryCodec.read(id, entry.stored());
        if (!sealed.previous().equals(hosted.state().head())) {
            throw new IllegalStateException("entry " + sealed.draft().slot() + " of " + id
                    + " does not follow the one before: two nodes have written");
        }
        return new Hosted<>(
                kernel.evolve(hosted.state(), sealed.draft(), sealed.hash()),
                hosted.outbox().after(id, sealed.draft(), sealed.hash()));
    }
}

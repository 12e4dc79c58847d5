package computer.autonet.protocol.process;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The messages that a process still owes to others, per receiver in order (PROC-10). It follows from the log and from
 * what receivers acknowledged, so a crash loses none of it.
 */
public record Outbox(SortedMap<ProcessId, List<Input.FromProcess>> owed) {
    public static final Outbox EMPTY = new Outbox(Tables.empty());

    public Outbox {
        owed = Tables.copyOf(owed);
    }

    /** With what an entry sends. */
    public Outbox after(ProcessId self, Draft entry, Hash entryHash) {
        if (entry.outbox().isEmpty()) {
            return this;
        }
        var next = new TreeMap<>(owed);
        for (int index = 0; index < entry.outbox().size(); index++) {
            Parcel parcel = entry.outbox().get(index);
            var queue = new ArrayList<>(next.getOrDefault(parcel.receiver(), List.of()));
            queue.add(new Input.FromProcess(self, entry.slot(), index, entryHash, parcel.sequence(), parcel.payload()));
            next.put(parcel.receiver(), List.copyOf(queue));
        }
        return new Outbox(next);
    }

    /** Without what the receiver has logged. */
    public Outbox delivered(ProcessId receiver, long upTo) {
        List<Input.FromProcess> queue = owed.get(receiver);
        if (queue == null || queue.get(0).sequence() > upTo) {
            return this;
        }
        List<Input.FromProcess> rest =
                queue.stream().filter(message -> message.sequence() > upTo).toList();
        return new Outbox(rest.isEmpty() ? Tables.without(owed, receiver) : Tables.with(owed, receiver, rest));
    }

    public boolean isEmpty() {
        return owed.isEmpty();
    }
}

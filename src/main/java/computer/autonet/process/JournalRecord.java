package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.SealedEntry;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What the journal holds for a process (HOST-01). */
public sealed interface JournalRecord {
    /**
     * One entry of the log.
     *
     * @param stored the sealed bytes; only they are written
     * @param sealed the same decoded, where this node has just made it
     */
    record Entry(Bytes stored, @Nullable SealedEntry sealed) implements JournalRecord {}

    /** Per receiver, up to which sequence it has logged our messages. Beside the chain. */
    record Delivered(SortedMap<ProcessId, Long> marks) implements JournalRecord {
        public Delivered {
            marks = Tables.copyOf(marks);
        }
    }

    /** The bytes of a snapshot: an {@code autonet.v1.HostSnapshot}. */
    record Checkpoint(Bytes snapshot) {}
}

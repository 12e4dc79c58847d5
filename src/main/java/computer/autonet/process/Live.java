package computer.autonet.process;

import computer.autonet.base.Bytes;

/** What a subscriber hears from the host of a process. It may miss some, never the order. */
public sealed interface Live extends WireMessage {
    /** The next entry will have this slot. */
    record At(long nextSlot) implements Live {}

    /** An entry as it was stored. */
    record Recorded(long slot, Bytes stored) implements Live {}
}

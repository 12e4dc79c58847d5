package computer.autonet.protocol.process;

/** What a process makes of an input. */
public sealed interface Outcome {
    /** Record this. */
    record Record(Draft draft) implements Outcome {}

    /** A deadline is due before this input: record its tick, then offer the input again. */
    record TickFirst(Input.Tick tick) implements Outcome {}

    /** The same message was applied before; nothing is to be recorded. */
    record Known(Receipt receipt) implements Outcome {}

    /** A message of this process arrived again; nothing is to be recorded, acknowledge up to {@code upTo}. */
    record Redelivered(long upTo) implements Outcome {}

    /** Messages of this source are missing in between: it must send again from {@code expected}. */
    record OutOfOrder(long expected) implements Outcome {}

    /** Nothing is recorded, the sender learns why. */
    record Refused(Refusal refusal) implements Outcome {}

    /** The tick is of a deadline that is no longer there; nothing is to be recorded. */
    record Stale() implements Outcome {}
}

package computer.autonet.process;

import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.process.Refusal;

/** What became of a submitted message. */
public sealed interface Reply {
    record Accepted(Receipt receipt) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
}

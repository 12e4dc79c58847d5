package computer.autonet.process;

import computer.autonet.base.ProcessId;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Refusal;

/** What a look at the raw bytes of a message, without any state, says about it. */
sealed interface Verdict {
    /** Well formed, of this network, and signed by its sender. */
    record Genuine(Input.Signed message, ProcessId target) implements Verdict {}

    record Bad(Refusal refusal) implements Verdict {}
}

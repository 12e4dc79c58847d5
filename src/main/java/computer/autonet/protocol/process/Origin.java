package computer.autonet.protocol.process;

import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;

/** Who asks. */
public sealed interface Origin {
    /** The holder of a key, by signature. */
    record Signer(Identity identity) implements Origin {}

    /** Another process, by entry {@code slot} of its log and position {@code index} of that entry's outbox. */
    record Process(ProcessId id, long slot, int index) implements Origin {
        /** Stands in refusals that logs keep, and so in their hashes: it must not change with the Java platform's text. */
        @Override
        public String toString() {
            return "Process[id=" + id + ", slot=" + slot + ", index=" + index + "]";
        }
    }

    /** A deadline that has passed. */
    record Clock() implements Origin {}
}

package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.ProcessState;

/**
 * A process as its host told it.
 *
 * @param encoded the canonical bytes of the state
 * @param root their SHA-256
 */
public record ProcessView(ProcessState<?> state, Bytes encoded, Hash root) {
    /** The nonce that this sender's next message to the process needs. */
    public long nextNonce(Identity sender) {
        return Kernel.lastNonce(state, sender) + 1;
    }
}

package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.codec.StateCodec;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.ProcessState;
import java.util.Optional;

/**
 * A process as its host told it: its kind's own state, and of the tables by sender and partner, which grow with everybody who
 * ever wrote to it, no more than was asked for (HOST-16).
 *
 * @param head hash of the newest entry
 * @param root SHA-256 of the whole canonical state
 * @param lastNonce of the sender who was asked for; 0 if it has none here or nobody was
 * @param domain canonical bytes of the kind's own state
 */
public record ProcessView(long nextSlot, Hash head, Hash root, long lastNonce, Bytes domain) {
    /** What a host tells of this state, and of this sender if one is asked for. */
    public static ProcessView of(ProcessState<?> state, Optional<Identity> sender) {
        return new ProcessView(
                state.nextSlot(),
                state.head(),
                StateCodec.root(state),
                sender.map(who -> Kernel.lastNonce(state, who)).orElse(0L),
                StateCodec.encodeDomain(state));
    }

    /** The nonce that the next message of the sender who was asked for needs. */
    public long nextNonce() {
        return lastNonce + 1;
    }
}

package computer.autonet.protocol.process;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.genesis.Genesis;
import java.util.Optional;

/**
 * What a decision may know besides state and command.
 *
 * @param timestampMillis when the host stamped the input, milliseconds since 1970 (never goes back within a process)
 */
public record Context(ProcessId self, Origin origin, long slot, long timestampMillis, Genesis genesis) {
    public boolean signedBy(Identity identity) {
        return origin instanceof Origin.Signer signer && signer.identity().equals(identity);
    }

    public boolean sentBy(ProcessId process) {
        return origin instanceof Origin.Process source && source.id().equals(process);
    }

    public boolean sentByKind(Kind kind) {
        return origin instanceof Origin.Process source && source.id().kind() == kind;
    }

    /** The process that asks; only where a signer cannot. */
    public ProcessId sender() {
        if (origin instanceof Origin.Process source) {
            return source.id();
        }
        throw new IllegalStateException("no process asked " + self + " but " + origin);
    }

    /** The identity that signed; only where a process cannot. */
    public Identity signer() {
        if (origin instanceof Origin.Signer signer) {
            return signer.identity();
        }
        throw new IllegalStateException("nobody signed for " + self + " but " + origin);
    }

    /** Why this process does not obey the signer: it is owned, and by another. Absent if it is the signer's own. */
    public Optional<Refusal> unlessOwner() {
        ProcessId own = owned(self.kind(), signer().address());
        return own.equals(self)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Code.NOT_YOURS,
                        self.brief() + " does not belong to " + signer().brief(),
                        "send to your own, " + own));
    }

    /** The account of an identity or, for an escrow, of a process. */
    public ProcessId accountOf(Hash owner) {
        return ProcessId.owned(Kind.ACCOUNT, genesis.networkId(), owner);
    }

    /** The process of this kind that belongs to an owner. */
    public ProcessId owned(Kind kind, Hash owner) {
        return ProcessId.owned(kind, genesis.networkId(), owner);
    }
}

package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import java.util.List;
import java.util.Optional;

/**
 * A delegation as it is granted: another key may do this much with an account, for this long.
 *
 * @param holder whose signature it makes valid
 * @param rights what it allows; ascending, each once
 * @param receiver the only owner that it may pay; absent: any
 * @param cap how much may leave under it in all, and under whatever is passed on from it
 * @param fromMillis first moment at which it holds, milliseconds since 1970
 * @param untilMillis first moment at which it holds no longer
 * @param depth how many times it may be passed on, one below the other
 * @param asset the only one that may leave under it; the cap counts it (ACC-18)
 */
public record Mandate(
        Identity holder,
        List<Right> rights,
        Optional<Hash> receiver,
        Amount cap,
        long fromMillis,
        long untilMillis,
        int depth,
        Asset asset) {
    /** Hands that an authority may pass through; a chain is walked at every use. */
    public static final int MAX_DEPTH = 8;

    public Mandate {
        rights = List.copyOf(rights);
    }

    boolean covers(long nowMillis) {
        return fromMillis <= nowMillis && nowMillis < untilMillis;
    }

    /** Whether nothing that the other one allows goes beyond this one, by right, receiver, asset, time and depth. */
    boolean contains(Mandate other) {
        return rights.containsAll(other.rights)
                && (receiver.isEmpty() || receiver.equals(other.receiver))
                && asset.equals(other.asset)
                && cap.covers(other.cap)
                && fromMillis <= other.fromMillis
                && other.untilMillis <= untilMillis
                && other.depth < depth;
    }
}

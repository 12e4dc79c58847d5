package computer.autonet.audit;

import computer.autonet.base.Amount;
import java.util.Optional;

/**
 * What verifying an export came to.
 *
 * @param blobs checked against their names
 * @param absentBlobs named by the logs, and no longer kept by the network when the export was made
 * @param issued at genesis
 * @param held balances, locks, what is set aside, and what is in flight; nothing if a problem stood in the way of adding up
 * @param problem the first thing that does not hold, if any
 */
public record Verdict(
        String networkId,
        int processes,
        long messages,
        long entries,
        int blobs,
        int absentBlobs,
        Amount issued,
        Optional<Amount> held,
        Optional<Problem> problem) {
    /** A verdict on an export of which nothing could be checked. */
    static Verdict unread(Problem problem) {
        return new Verdict("", 0, 0, 0, 0, 0, Amount.ZERO, Optional.empty(), Optional.of(problem));
    }

    public boolean holds() {
        return problem.isEmpty();
    }
}

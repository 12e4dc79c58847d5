package computer.autonet.audit;

import computer.autonet.base.Amount;
import java.util.Optional;

/**
 * What verifying an export came to.
 *
 * @param issued at genesis
 * @param held balances, locks, what is set aside, and what is in flight
 * @param problem the first thing that does not hold, if any
 */
public record Verdict(
        String networkId,
        int processes,
        long messages,
        long entries,
        int blobs,
        Amount issued,
        Amount held,
        Optional<Problem> problem) {
    public boolean holds() {
        return problem.isEmpty();
    }
}

package computer.autonet.audit;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Tables;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What verifying an export came to.
 *
 * @param blobs checked against their names
 * @param absentBlobs named by the logs, and no longer kept by the network when the export was made
 * @param issued at genesis, of each asset
 * @param held of each asset: balances, locks, what is set aside, and what is in flight; nothing if a problem stood in the way of adding up
 * @param problem the first thing that does not hold, if any
 */
public record Verdict(
        String networkId,
        int processes,
        long messages,
        long entries,
        int blobs,
        int absentBlobs,
        SortedMap<Asset, Amount> issued,
        Optional<SortedMap<Asset, Amount>> held,
        Optional<Problem> problem) {
    public Verdict {
        issued = Tables.copyOf(issued);
        held = held.map(Tables::copyOf);
    }

    /** What was issued of an asset. */
    public Amount issued(Asset asset) {
        return issued.getOrDefault(asset, Amount.ZERO);
    }

    /** What was found of an asset, if it could be added up. */
    public Optional<Amount> held(Asset asset) {
        return held.map(sums -> sums.getOrDefault(asset, Amount.ZERO));
    }

    /** A verdict on an export of which nothing could be checked. */
    static Verdict unread(Problem problem) {
        return new Verdict("", 0, 0, 0, 0, 0, Tables.empty(), Optional.empty(), Optional.of(problem));
    }

    public boolean holds() {
        return problem.isEmpty();
    }
}

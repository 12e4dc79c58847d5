package computer.autonet.protocol.rewards;

import computer.autonet.base.Amount;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.protocol.yuma.Fixed;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A round's reward, divided: every unit of it has one receiver, and what rounding leaves goes back to the project's
 * escrow.
 *
 * @param solvers per solver with an incentive above zero
 * @param coordinators per coordinator with a dividend above zero
 * @param remainder to the project's escrow
 */
public record Payout(
        SortedMap<Identity, Amount> solvers,
        SortedMap<Identity, Amount> coordinators,
        Amount proposer,
        Amount aggregator,
        Amount remainder) {
    public static final int SOLVERS_PERCENT = 60;
    public static final int COORDINATORS_PERCENT = 25;
    public static final int PROPOSER_PERCENT = 10;
    public static final int AGGREGATOR_PERCENT = 5;

    public Payout {
        solvers = Tables.copyOf(solvers);
        coordinators = Tables.copyOf(coordinators);
    }

    /**
     * Divides a reward: by role (REWARD-01), within a role by share (REWARD-02), and the rest back (REWARD-03).
     *
     * @param incentives per solver, Q32.32 shares that add up to at most one
     * @param dividends per coordinator, Q32.32 shares that add up to at most one
     * @throws IllegalArgumentException if shares are negative or add up to more than one
     */
    public static Payout of(Amount reward, SortedMap<Identity, Long> incentives, SortedMap<Identity, Long> dividends) {
        SortedMap<Identity, Amount> solvers = divided(percent(reward, SOLVERS_PERCENT), incentives);
        SortedMap<Identity, Amount> coordinators = divided(percent(reward, COORDINATORS_PERCENT), dividends);
        Amount proposer = percent(reward, PROPOSER_PERCENT);
        Amount aggregator = percent(reward, AGGREGATOR_PERCENT);
        Amount paid = sum(solvers).plus(sum(coordinators)).plus(proposer).plus(aggregator);
        return new Payout(solvers, coordinators, proposer, aggregator, reward.minus(paid));
    }

    /** All parts together: the reward. */
    public Amount total() {
        return sum(solvers)
                .plus(sum(coordinators))
                .plus(proposer)
                .plus(aggregator)
                .plus(remainder);
    }

    private static Amount percent(Amount reward, int percent) {
        return reward.share(percent, 100);
    }

    private static SortedMap<Identity, Amount> divided(Amount pool, SortedMap<Identity, Long> shares) {
        long left = Fixed.ONE;
        var amounts = new TreeMap<Identity, Amount>();
        for (var entry : shares.entrySet()) {
            long share = entry.getValue();
            if (share < 0 || share > left) {
                throw new IllegalArgumentException(
                        "shares of a reward lie between 0 and 2^32 and add up to at most 2^32; " + share + " of "
                                + entry.getKey() + " does not fit, " + left + " being left");
            }
            left -= share;
            Amount amount = pool.share(share, Fixed.ONE);
            if (!amount.isZero()) {
                amounts.put(entry.getKey(), amount);
            }
        }
        return amounts;
    }

    private static Amount sum(SortedMap<Identity, Amount> amounts) {
        return amounts.values().stream().reduce(Amount.ZERO, Amount::plus);
    }
}

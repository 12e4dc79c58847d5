package computer.autonet.protocol.scoring;

import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a coordinator measured on the truth, in micro-nats: the loss of the average of all updates, and per solver the
 * loss of the average without its update. Without the only update that is the loss of the base model.
 */
public record Losses(long all, SortedMap<Identity, Long> without) {
    /** The largest loss, 1,000 nats. What is larger, infinite or no number counts as this. */
    public static final long MAX_MICRO_NATS = 1_000_000_000L;

    /** What a solver's update may cost the average before it counts as harmful: 0.01 nats. */
    public static final long TOLERANCE_MICRO_NATS = 10_000;

    private static final double MICRO_NATS_PER_NAT = 1e6;

    public Losses {
        requireMeasured(all);
        without = Tables.copyOf(without);
        without.values().forEach(Losses::requireMeasured);
    }

    /**
     * A mean loss in nats as micro-nats, halves rounded up (SCORE-01). A broken model has a loss too: what is not finite
     * counts as the largest.
     *
     * @throws IllegalArgumentException if the loss is negative, which no cross-entropy is
     */
    public static long quantise(double nats) {
        if (nats < 0) {
            throw new IllegalArgumentException("a loss is never negative, and this is " + nats + ": measure it again");
        }
        double microNats = StrictMath.floor(nats * MICRO_NATS_PER_NAT + 0.5);
        return microNats < MAX_MICRO_NATS ? (long) microNats : MAX_MICRO_NATS;
    }

    /** Per solver: {@code max(0, tolerance + loss without it - loss of all)} (SCORE-02). */
    public SortedMap<Identity, Long> scores() {
        var scores = new TreeMap<Identity, Long>();
        without.forEach((solver, loss) -> scores.put(solver, Math.max(0, TOLERANCE_MICRO_NATS + loss - all)));
        return Tables.copyOf(scores);
    }

    private static void requireMeasured(long microNats) {
        if (microNats < 0 || microNats > MAX_MICRO_NATS) {
            throw new IllegalArgumentException(
                    "a loss lies between 0 and " + MAX_MICRO_NATS + " micro-nats, not " + microNats);
        }
    }
}

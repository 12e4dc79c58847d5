package computer.autonet.protocol.scoring;

import computer.autonet.base.Amount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The smallest score up to which the backing stake, in rising order of score, is more than half (SCORE-04). */
public final class StakeMedian {
    /** A score and the stake behind it. */
    public record Backed(long score, Amount stake) {}

    private StakeMedian() {}

    /**
     * The median.
     *
     * @throws IllegalArgumentException if no score has stake
     */
    public static long of(List<Backed> scores) {
        BigInteger total = scores.stream().map(s -> s.stake().units()).reduce(BigInteger.ZERO, BigInteger::add);
        var rising = new ArrayList<>(scores);
        rising.sort(Comparator.comparingLong(Backed::score));
        BigInteger counted = BigInteger.ZERO;
        for (Backed backed : rising) {
            counted = counted.add(backed.stake().units());
            if (counted.shiftLeft(1).compareTo(total) > 0) {
                return backed.score();
            }
        }
        throw new IllegalArgumentException("no score has stake behind it, so there is no median");
    }
}

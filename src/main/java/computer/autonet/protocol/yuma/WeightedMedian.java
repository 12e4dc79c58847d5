package computer.autonet.protocol.yuma;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The smallest of some scores at which the stake counted so far, in rising order of score, exceeds the minority
 * (YUMA-05).
 *
 * <p>If nothing exceeds it, the largest score; of no scores, zero. Stake and minority share one unit.
 */
public final class WeightedMedian {
    private WeightedMedian() {}

    /** The median of {@code scores}, score {@code i} being backed by {@code stakes[i]}. */
    public static long of(long[] stakes, long[] scores, long minority) {
        if (stakes.length != scores.length) {
            throw new IllegalArgumentException(stakes.length + " stakes back " + scores.length + " scores");
        }
        int[] rising = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Long.compare(scores[a], scores[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        long counted = 0;
        for (int i : rising) {
            counted = Math.addExact(counted, stakes[i]);
            if (counted > minority) {
                return scores[i];
            }
        }
        return rising.length == 0 ? 0 : scores[rising[rising.length - 1]];
    }

    /**
     * The median of each column of {@code rows} at a majority of {@code kappa}. Rows without stake do not count and the
     * stakes of the others are normalised first, so that {@code minority = sum - kappa}.
     */
    static long[] ofColumns(long[] stakes, long[][] rows, int columns, long kappa) {
        int[] backed =
                IntStream.range(0, stakes.length).filter(i -> stakes[i] > 0).toArray();
        long[] shares =
                Fixed.normalised(Arrays.stream(backed).mapToLong(i -> stakes[i]).toArray());
        long minority = Math.subtractExact(Fixed.sum(shares), kappa);
        long[] medians = new long[columns];
        long[] column = new long[backed.length];
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k < backed.length; k++) {
                column[k] = rows[backed[k]][j];
            }
            medians[j] = of(shares, column, minority);
        }
        return medians;
    }
}

package computer.autonet.protocol.yuma;

import computer.autonet.base.Amount;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * One epoch of Yuma consensus, rule Yuma2: from stakes, weights and old bonds to consensus, shares and new bonds, bit
 * for bit as docs/spec/yuma.md orders the steps.
 *
 * <p>Implementation note: the rule is that of opentensor/subtensor, {@code epoch_mechanism} with Yuma3 off (commit
 * 14bc6f9f). Its three normalisations of stake look redundant; each truncates, so each is part of the result.
 */
public final class YumaEpoch {
    /** Bounds work and keeps every column sum inside Q32.32. Rounds seat far fewer coordinators. */
    public static final int MAX_ROWS = 1_024;
    /** Bounds work and keeps every row sum inside Q32.32. Rounds draw far fewer solvers. */
    public static final int MAX_COLUMNS = 4_096;

    private YumaEpoch() {}

    /**
     * Computes an epoch.
     *
     * @param stakes per row: the stake of a seated coordinator that opened its vote; not all zero
     * @param weights per row and column: the coordinator's weight for a drawn solver, its largest being 65535
     * @param bonds per row and column: the bond stored for the pair, zero where it has none
     * @throws IllegalArgumentException if the sizes do not agree, are zero or over the bounds, or nobody has stake
     */
    public static YumaOutcome compute(
            YumaParameters parameters, List<Amount> stakes, U16Matrix weights, U16Matrix bonds) {
        requireShape(stakes.size(), weights, bonds);
        return decide(parameters, Fixed.normalised(shares(stakes)), weights, bonds);
    }

    /** Each stake over all stake, rounded down to Q32.32 (YUMA-03). */
    static long[] shares(List<Amount> stakes) {
        BigInteger total = stakes.stream().map(Amount::units).reduce(BigInteger.ZERO, BigInteger::add);
        if (total.signum() == 0) {
            throw new IllegalArgumentException("no row has stake; seat coordinators whose stake is locked");
        }
        return stakes.stream()
                .mapToLong(stake -> stake.units()
                        .shiftLeft(Fixed.FRACTION_BITS)
                        .divide(total)
                        .longValueExact())
                .toArray();
    }

    /** The epoch from normalised stakes on. */
    static YumaOutcome decide(YumaParameters parameters, long[] stakes, U16Matrix weights, U16Matrix bonds) {
        int columns = weights.columns();
        long[][] rows = weights.rowsNormalised(); // YUMA-04
        long[] consensus = WeightedMedian.ofColumns(stakes, rows, columns, parameters.kappa()); // YUMA-05
        clip(rows, consensus); // YUMA-06
        hadamard(rows, stakes);
        long[] rank = columnSums(rows, columns); // YUMA-07
        boolean ranked = Fixed.sum(rank) > 0;
        if (!ranked && parameters.zeroRank() == YumaParameters.ZeroRank.UNDECIDED) {
            return new YumaOutcome.Undecided();
        }
        long[] incentive = Fixed.normalised(rank);

        long[][] held = bonds.columnsNormalised();
        normaliseColumns(rows, columns); // YUMA-08
        long[][] ema = average(parameters, rows, held);
        normaliseColumns(ema, columns); // YUMA-09

        long[] dividend = new long[ema.length]; // YUMA-10
        for (int i = 0; i < ema.length; i++) {
            for (int j = 0; j < columns; j++) {
                dividend[i] = Math.addExact(dividend[i], Fixed.times(ema[i][j], incentive[j]));
            }
        }
        return new YumaOutcome.Decided(
                boxed(consensus),
                boxed(incentive),
                boxed(ranked ? Fixed.normalised(dividend) : stakes),
                stored(ema, columns));
    }

    private static void clip(long[][] rows, long[] consensus) {
        for (long[] row : rows) {
            for (int j = 0; j < consensus.length; j++) {
                row[j] = Math.min(row[j], consensus[j]);
            }
        }
    }

    private static void hadamard(long[][] rows, long[] stakes) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = Fixed.times(stakes[i], rows[i][j]);
            }
        }
    }

    private static long[] columnSums(long[][] rows, int columns) {
        long[] sums = new long[columns];
        for (long[] row : rows) {
            for (int j = 0; j < columns; j++) {
                sums[j] = Math.addExact(sums[j], row[j]);
            }
        }
        return sums;
    }

    private static void normaliseColumns(long[][] rows, int columns) {
        long[] sums = columnSums(rows, columns);
        for (long[] row : rows) {
            for (int j = 0; j < columns; j++) {
                row[j] = Fixed.over(row[j], sums[j]);
            }
        }
    }

    private static long[][] average(YumaParameters parameters, long[][] seen, long[][] held) {
        long alpha = parameters.alpha();
        long kept = parameters.kept();
        long[][] ema = new long[seen.length][];
        for (int i = 0; i < seen.length; i++) {
            ema[i] = new long[seen[i].length];
            for (int j = 0; j < seen[i].length; j++) {
                ema[i][j] = Fixed.times(alpha, seen[i][j]) + Fixed.times(kept, held[i][j]);
            }
        }
        return ema;
    }

    /** Each column scaled so that its largest bond is 65535, rounded down. */
    private static U16Matrix stored(long[][] ema, int columns) {
        long[] largest = new long[columns];
        for (long[] row : ema) {
            for (int j = 0; j < columns; j++) {
                largest[j] = Math.max(largest[j], row[j]);
            }
        }
        int[][] cells = new int[ema.length][columns];
        for (int i = 0; i < ema.length; i++) {
            for (int j = 0; j < columns; j++) {
                cells[i][j] = Fixed.toU16(Fixed.over(ema[i][j], largest[j]));
            }
        }
        return U16Matrix.of(columns, cells);
    }

    private static List<Long> boxed(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static void requireShape(int rows, U16Matrix weights, U16Matrix bonds) {
        int columns = weights.columns();
        if (rows < 1 || rows > MAX_ROWS || columns < 1 || columns > MAX_COLUMNS) {
            throw new IllegalArgumentException("an epoch has 1 to " + MAX_ROWS + " coordinators and 1 to " + MAX_COLUMNS
                    + " solvers, not " + rows + " and " + columns);
        }
        if (weights.rows() != rows || bonds.rows() != rows || bonds.columns() != columns) {
            throw new IllegalArgumentException("stakes, weights and bonds must have the same coordinators and solvers: "
                    + rows + "x" + columns + ", weights " + weights.rows() + "x" + weights.columns() + ", bonds "
                    + bonds.rows() + "x" + bonds.columns());
        }
    }
}

package computer.autonet.protocol.yuma;

import computer.autonet.base.Amount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The generator of docs/spec/yuma.md: the same matrices for every implementation of the epoch. */
final class Matrices {
    record Matrix(List<Amount> stakes, U16Matrix weights, U16Matrix bonds) {}

    private long state;

    private Matrices(long k) {
        state = 0x6175746F6E65742FL + k;
    }

    static Matrix number(long k) {
        var g = new Matrices(k);
        int rows = 1 + g.below(12);
        int columns = 1 + g.below(10);
        return new Matrix(g.stakes(rows), g.weights(rows, columns), g.bonds(rows, columns));
    }

    private List<Amount> stakes(int rows) {
        var stakes = new ArrayList<Amount>();
        for (int i = 0; i < rows; i++) {
            if (below(16) == 0) {
                stakes.add(Amount.ZERO);
            } else {
                int shift = below(60);
                stakes.add(new Amount(new BigInteger(Long.toUnsignedString(next() >>> shift)).add(BigInteger.ONE)));
            }
        }
        if (stakes.stream().allMatch(Amount::isZero)) {
            stakes.set(0, new Amount(BigInteger.ONE));
        }
        return stakes;
    }

    private U16Matrix weights(int rows, int columns) {
        int[][] cells = new int[rows][columns];
        for (int i = 0; i < rows; i++) {
            int kind = below(8);
            if (kind == 0) {
                continue;
            }
            if (kind <= 3 && i > 0) {
                cells[i] = cells[0].clone();
                continue;
            }
            for (int j = 0; j < columns; j++) {
                int type = below(4);
                cells[i][j] = type == 0 ? 0 : type == 1 ? 65_535 : below(65_536);
            }
        }
        return U16Matrix.of(columns, cells);
    }

    private U16Matrix bonds(int rows, int columns) {
        int[][] cells = new int[rows][columns];
        if (below(4) != 0) {
            for (int[] row : cells) {
                for (int j = 0; j < columns; j++) {
                    row[j] = below(3) == 0 ? 0 : below(65_536);
                }
            }
        }
        return U16Matrix.of(columns, cells);
    }

    private int below(int n) {
        return (int) Long.remainderUnsigned(next(), n);
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package computer.autonet.protocol.yuma;

import java.util.Arrays;

/** An immutable table of numbers from 0 to 65535, one row per coordinator and one column per solver: weights or bonds. */
public final class U16Matrix {
    private final int columns;
    private final int[][] cells;

    private U16Matrix(int[][] cells, int columns) {
        this.cells = cells;
        this.columns = columns;
    }

    /**
     * Copies the rows.
     *
     * @throws IllegalArgumentException if a row has another length than {@code columns} or a cell leaves 0..65535
     */
    public static U16Matrix of(int columns, int[]... rows) {
        int[][] copy = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " cells; give one per solver, " + columns);
            }
            for (int cell : rows[i]) {
                if (cell < 0 || cell > Fixed.U16_MAX) {
                    throw new IllegalArgumentException("a cell lies between 0 and 65535, not " + cell);
                }
            }
            copy[i] = rows[i].clone();
        }
        return new U16Matrix(copy, columns);
    }

    /** All zero: the bonds of coordinators and solvers that have not met. */
    public static U16Matrix zero(int rows, int columns) {
        return new U16Matrix(new int[rows][columns], columns);
    }

    public int rows() {
        return cells.length;
    }

    public int columns() {
        return columns;
    }

    public int at(int row, int column) {
        return cells[row][column];
    }

    /** A copy that the caller may change. */
    public int[] row(int row) {
        return cells[row].clone();
    }

    /** Each row over its sum, in Q32.32; a row of zeros stays so. */
    long[][] rowsNormalised() {
        long[][] shares = new long[rows()][columns];
        for (int i = 0; i < rows(); i++) {
            long sum = 0;
            for (int cell : cells[i]) {
                sum += cell;
            }
            for (int j = 0; j < columns; j++) {
                shares[i][j] = Fixed.over(cells[i][j], sum);
            }
        }
        return shares;
    }

    /** Each column over its sum, in Q32.32; a column of zeros stays so. */
    long[][] columnsNormalised() {
        long[] sums = new long[columns];
        for (int[] row : cells) {
            for (int j = 0; j < columns; j++) {
                sums[j] += row[j];
            }
        }
        long[][] shares = new long[rows()][columns];
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns; j++) {
                shares[i][j] = Fixed.over(cells[i][j], sums[j]);
            }
        }
        return shares;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof U16Matrix m && columns == m.columns && Arrays.deepEquals(cells, m.cells);
    }

    @Override
    public int hashCode() {
        return 31 * columns + Arrays.deepHashCode(cells);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(cells);
    }
}

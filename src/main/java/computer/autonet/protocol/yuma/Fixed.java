package computer.autonet.protocol.yuma;

import java.math.BigInteger;

/**
 * Arithmetic on non-negative Q32.32 numbers held as raw bits: {@code 1L << 32} is one. Every operation rounds towards
 * zero and throws {@link ArithmeticException} instead of wrapping, so that Solidity's checked integers give the same
 * bits (YUMA-01).
 */
public final class Fixed {
    public static final int FRACTION_BITS = 32;
    public static final long ONE = 1L << FRACTION_BITS;
    /** The largest number of 16 bits, the unit of stored weights and bonds. */
    public static final int U16_MAX = 65_535;

    private Fixed() {}

    /** {@code floor(a * b / 2^32)}. */
    public static long times(long a, long b) {
        requireNonNegative(a);
        requireNonNegative(b);
        long high = Math.multiplyHigh(a, b);
        if (high >>> (FRACTION_BITS - 1) != 0) {
            throw new ArithmeticException("a product leaves Q32.32: " + a + " * " + b);
        }
        return (high << FRACTION_BITS) | ((a * b) >>> FRACTION_BITS);
    }

    /** {@code floor(a * 2^32 / b)}, and zero where {@code b} is zero. Two whole numbers give their ratio as well. */
    public static long over(long a, long b) {
        requireNonNegative(a);
        requireNonNegative(b);
        if (b == 0) {
            return 0;
        }
        if (a < ONE) {
            return Long.divideUnsigned(a << FRACTION_BITS, b);
        }
        return BigInteger.valueOf(a)
                .shiftLeft(FRACTION_BITS)
                .divide(BigInteger.valueOf(b))
                .longValueExact();
    }

    /** {@code floor(x * 65535 / 2^32)} of a proportion, at most 65535. */
    public static int toU16(long proportion) {
        if (proportion < 0 || proportion > ONE) {
            throw new ArithmeticException("a proportion lies between 0 and 2^32, not " + proportion);
        }
        return (int) ((proportion * U16_MAX) >>> FRACTION_BITS);
    }

    /** The sum of all. */
    public static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum = Math.addExact(sum, value);
        }
        return sum;
    }

    /** Each value over the sum of all; zeros where the sum is zero. */
    public static long[] normalised(long[] values) {
        long sum = sum(values);
        long[] shares = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            shares[i] = over(values[i], sum);
        }
        return shares;
    }

    private static void requireNonNegative(long value) {
        if (value < 0) {
            throw new ArithmeticException("Q32.32 numbers here are never negative: " + value);
        }
    }
}

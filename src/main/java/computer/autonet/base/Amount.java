package computer.autonet.base;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** A non-negative sum of one asset in its smallest unit; an ATN has 10^18 of them, as on the chain. At most 2^128 - 1. */
public record Amount(BigInteger units) implements Comparable<Amount> {
    public static final int DECIMALS = 18;
    public static final Amount ZERO = new Amount(BigInteger.ZERO);

    private static final BigInteger UNITS_PER_TOKEN = BigInteger.TEN.pow(DECIMALS);
    public static final int MAX_BITS = 128;

    /** No exponent: a few characters of one name a number that fills the memory when it is written out. */
    private static final Pattern TOKENS = Pattern.compile("[0-9]{1,21}(\\.[0-9]{1,18})?");

    public Amount {
        if (units.signum() < 0 || units.bitLength() > MAX_BITS) {
            throw new IllegalArgumentException("an amount lies between 0 and 2^128 - 1, not " + units);
        }
    }

    /** Whole tokens. */
    public static Amount ofTokens(long tokens) {
        return new Amount(BigInteger.valueOf(tokens).multiply(UNITS_PER_TOKEN));
    }

    /**
     * Parses decimal tokens such as {@code 12.5}.
     *
     * @throws IllegalArgumentException if it is no number, is negative, or has more than 18 decimals
     */
    public static Amount parseTokens(String tokens) {
        if (!TOKENS.matcher(tokens).matches()) {
            throw new IllegalArgumentException("'" + tokens.substring(0, Math.min(tokens.length(), 64))
                    + "' is no amount: write a decimal number with at most 18 decimals, such as 12.5");
        }
        return new Amount(new BigDecimal(tokens).movePointRight(DECIMALS).toBigIntegerExact());
    }

    public boolean isZero() {
        return units.signum() == 0;
    }

    public Amount plus(Amount other) {
        return new Amount(units.add(other.units));
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException if {@code other} is larger: ask {@link #covers} first
     */
    public Amount minus(Amount other) {
        return new Amount(units.subtract(other.units));
    }

    public boolean covers(Amount other) {
        return compareTo(other) >= 0;
    }

    public Amount min(Amount other) {
        return covers(other) ? other : this;
    }

    /** This times {@code numerator / denominator}, rounded down. */
    public Amount share(BigInteger numerator, BigInteger denominator) {
        return new Amount(units.multiply(numerator).divide(denominator));
    }

    /** This times {@code numerator / denominator}, rounded down. */
    public Amount share(long numerator, long denominator) {
        return share(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    @Override
    public int compareTo(Amount other) {
        return units.compareTo(other.units);
    }

    /** In tokens with at most {@code decimals} decimals, rounded down, without trailing zeros. */
    public String toTokens(int decimals) {
        BigDecimal tokens = new BigDecimal(units, DECIMALS).setScale(decimals, RoundingMode.DOWN);
        return tokens.signum() == 0 ? "0" : tokens.stripTrailingZeros().toPlainString();
    }

    /** In tokens, exactly. */
    @Override
    public String toString() {
        return toTokens(DECIMALS);
    }
}

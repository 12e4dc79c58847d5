package computer.autonet.base;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * What an amount is an amount of: ATN, or a token that somebody else issued.
 *
 * <p>The token of an EVM chain has its contract's address, padded on the left to 32 bytes, as every commitment has it.
 *
 * @param token zero for ATN
 */
public record Asset(Hash token) implements Comparable<Asset> {
    /** The network's own asset: the one of stakes, rewards and charges. */
    public static final Asset ATN = new Asset(Hash.of(new byte[Hash.SIZE]));

    private static final String ATN_TEXT = "ATN";

    /** What stands before the 20 bytes of an address. */
    private static final String PADDING = "0".repeat(24);

    private static final Pattern TOKEN = Pattern.compile("(0x)?[0-9a-fA-F]{64}|0x[0-9a-fA-F]{40}");
    private static final Pattern UNITS = Pattern.compile("0|[1-9][0-9]{0,38}");

    /**
     * Parses {@code ATN}, 64 hexadecimal digits, or the address of a token's contract as chains write it: {@code 0x} and
     * 40 digits.
     *
     * @throws IllegalArgumentException if it is none of these, or only zeros
     */
    public static Asset parse(String text) {
        if (text.equals(ATN_TEXT)) {
            return ATN;
        }
        if (!TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' names no asset: write ATN, the 64 hexadecimal digits of a token, or the 0x-address of its contract");
        }
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        var asset = new Asset(Hash.ofHex("0".repeat(2 * Hash.SIZE - digits.length()) + digits));
        if (asset.isAtn()) {
            throw new IllegalArgumentException("'" + text + "' is no token: ATN is written ATN");
        }
        return asset;
    }

    public boolean isAtn() {
        return equals(ATN);
    }

    /**
     * Parses an amount of this asset as people write it: ATN in tokens, such as 12.5; any other in its smallest unit, since
     * the network does not know how many decimals its issuer shows.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Amount parseAmount(String text) {
        if (isAtn()) {
            return Amount.parseTokens(text);
        }
        if (!UNITS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no amount of another asset than ATN: write whole smallest units, such as 1250");
        }
        return new Amount(new BigInteger(text));
    }

    /** The number alone, as {@link #parseAmount} reads it. */
    public String write(Amount amount) {
        return isAtn() ? amount.toString() : amount.units().toString();
    }

    /** The number and what it counts, for people. */
    public String describe(Amount amount) {
        return isAtn() ? amount + " " + ATN_TEXT : amount.units() + " of asset " + this;
    }

    @Override
    public int compareTo(Asset other) {
        return token.compareTo(other.token);
    }

    /** {@code ATN}, the 0x-address where the token is one, or else 64 hexadecimal digits: one form for each asset. */
    @Override
    public String toString() {
        if (isAtn()) {
            return ATN_TEXT;
        }
        String digits = token.toHex();
        return digits.startsWith(PADDING) ? "0x" + digits.substring(PADDING.length()) : digits;
    }
}

package computer.autonet.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value (FIPS 180-4): 32 bytes, ordered as an unsigned big-endian number. */
public final class Hash implements Comparable<Hash> {
    public static final int SIZE = 32;

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] value;

    private Hash(byte[] value) {
        this.value = value;
    }

    /**
     * The given 32 bytes as they are.
     *
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static Hash of(byte[] value) {
        if (value.length != SIZE) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + value.length);
        }
        return new Hash(value.clone());
    }

    /** Parses 64 hexadecimal digits. */
    public static Hash ofHex(String hex) {
        return of(HEX.parseHex(hex));
    }

    /** SHA-256 over the parts, one after the other. */
    public static Hash digest(byte[]... parts) {
        MessageDigest sha = sha256();
        for (byte[] part : parts) {
            sha.update(part);
        }
        return new Hash(sha.digest());
    }

    /** SHA-256 of the text's UTF-8 bytes. */
    public static Hash digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A fresh SHA-256, which every Java platform has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    public byte[] toArray() {
        return value.clone();
    }

    public Bytes bytes() {
        return Bytes.of(value);
    }

    public String toHex() {
        return HEX.formatHex(value);
    }

    /** The first eight hexadecimal digits, for people. */
    public String brief() {
        return HEX.formatHex(value, 0, 4);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash h && Arrays.equals(value, h.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return toHex();
    }
}

package computer.autonet.base;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A SHA-256 over one 32-byte tag and 32-byte fields, the one form in which anything is committed to, so that a Solidity
 * contract computes the same with {@code sha256(abi.encodePacked(tag, field, ...))}.
 *
 * <p>The tag is the SHA-256 of its name; numbers are big-endian; shorter values are padded on the left.
 */
public final class Commitment {
    private final ByteArrayOutputStream preimage = new ByteArrayOutputStream(8 * Hash.SIZE);

    private Commitment(String tag) {
        preimage.writeBytes(Hash.digest(tag).toArray());
    }

    /** Starts a commitment for the named purpose, for example {@code autonet/update/1}. */
    public static Commitment tagged(String tag) {
        return new Commitment(tag);
    }

    public Commitment with(Hash field) {
        preimage.writeBytes(field.toArray());
        return this;
    }

    /** A non-negative number as a 256-bit word. */
    public Commitment with(long field) {
        if (field < 0) {
            throw new IllegalArgumentException("a committed number must not be negative: " + field);
        }
        preimage.writeBytes(ByteBuffer.allocate(Hash.SIZE).putLong(24, field).array());
        return this;
    }

    /** A non-negative number as a 256-bit word. */
    public Commitment with(BigInteger field) {
        byte[] magnitude = field.toByteArray();
        int from = magnitude[0] == 0 ? 1 : 0;
        int length = magnitude.length - from;
        if (field.signum() < 0 || length > Hash.SIZE) {
            throw new IllegalArgumentException("a committed number must fit in 256 bits: " + field);
        }
        byte[] word = new byte[Hash.SIZE];
        System.arraycopy(magnitude, from, word, Hash.SIZE - length, length);
        preimage.writeBytes(word);
        return this;
    }

    /** Up to 32 bytes, padded on the left as an EVM address is. */
    public Commitment with(Bytes field) {
        byte[] raw = field.toArray();
        if (raw.length > Hash.SIZE) {
            throw new IllegalArgumentException("a committed field has at most 32 bytes, not " + raw.length);
        }
        byte[] word = new byte[Hash.SIZE];
        System.arraycopy(raw, 0, word, Hash.SIZE - raw.length, raw.length);
        preimage.writeBytes(word);
        return this;
    }

    /** The hash of the text, as one field. */
    public Commitment with(String field) {
        return with(Hash.digest(field.getBytes(StandardCharsets.UTF_8)));
    }

    /** The hash of a list of fields, in the given order, as one field. */
    public Commitment withAll(Iterable<Hash> fields) {
        var list = new ByteArrayOutputStream();
        for (Hash field : fields) {
            list.writeBytes(field.toArray());
        }
        return with(Hash.digest(list.toByteArray()));
    }

    public Hash hash() {
        return Hash.digest(preimage.toByteArray());
    }

    @Override
    public String toString() {
        return "Commitment" + Arrays.toString(preimage.toByteArray());
    }
}

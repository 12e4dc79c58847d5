package computer.autonet.protocol.learning;

import computer.autonet.base.BlobId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** All trainable numbers of a model as one immutable run of finite float32, with one byte form (LEARN-01). */
public final class Parameters {
    /** 256 MiB as bytes; keeps a hostile header from reserving more. */
    public static final int MAX_COUNT = 1 << 26;

    private static final byte[] MAGIC = "ATNP".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 12;

    private final float[] values;

    private Parameters(float[] values) {
        this.values = values;
    }

    /**
     * Copies the values.
     *
     * @throws MalformedParameters if there are too many or one is not finite
     */
    public static Parameters of(float... values) {
        return owning(values.clone());
    }

    /** Takes the array as its own: the caller gives it up. */
    static Parameters owning(float[] values) {
        if (values.length > MAX_COUNT) {
            throw new MalformedParameters(
                    MalformedParameters.Reason.TOO_MANY, values.length + " parameters, at most " + MAX_COUNT);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new MalformedParameters(
                        MalformedParameters.Reason.NOT_FINITE,
                        "parameter " + i + " is " + values[i] + "; train with a smaller learning rate");
            }
        }
        return new Parameters(values);
    }

    /**
     * Parses the canonical bytes. Every value that decodes encodes to the same bytes again.
     *
     * @throws MalformedParameters if they are not exactly of that form
     */
    public static Parameters decode(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new MalformedParameters(
                    MalformedParameters.Reason.LENGTH,
                    bytes.length + " bytes, fewer than the header's " + HEADER_BYTES);
        }
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new MalformedParameters(
                    MalformedParameters.Reason.MAGIC, "the bytes do not begin with ATNP; give a parameter file");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        int version = in.getInt();
        if (version != VERSION) {
            throw new MalformedParameters(
                    MalformedParameters.Reason.VERSION,
                    "version " + Integer.toUnsignedString(version) + "; only " + VERSION + " is known here");
        }
        long count = Integer.toUnsignedLong(in.getInt());
        if (count > MAX_COUNT) {
            throw new MalformedParameters(
                    MalformedParameters.Reason.TOO_MANY, count + " parameters, at most " + MAX_COUNT);
        }
        if (in.remaining() != count * Float.BYTES) {
            throw new MalformedParameters(
                    MalformedParameters.Reason.LENGTH,
                    in.remaining() + " bytes follow the header, and " + count + " parameters take "
                            + count * Float.BYTES);
        }
        float[] values = new float[(int) count];
        in.asFloatBuffer().get(values);
        return owning(values);
    }

    public byte[] encode() {
        ByteBuffer out =
                ByteBuffer.allocate(HEADER_BYTES + values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).putInt(VERSION).putInt(values.length);
        out.asFloatBuffer().put(values);
        return out.array();
    }

    /** The id of the canonical bytes: what a certificate names. */
    public BlobId id() {
        return BlobId.of(encode());
    }

    public int count() {
        return values.length;
    }

    public float at(int index) {
        return values[index];
    }

    /** A copy that the caller may change. */
    public float[] toArray() {
        return values.clone();
    }

    /** Adds each value to the same place of {@code sums}. */
    void addTo(double[] sums) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += values[i];
        }
    }

    /** Equal bits; so 0.0 and -0.0 differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters p && Arrays.equals(values, p.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length + " parameters";
    }
}

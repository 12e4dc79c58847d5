package computer.autonet.protocol.crypto;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Thirty-two secret bytes that seal one blob until they are revealed. */
public final class Salt {
    public static final int SIZE = 32;

    private static final byte[] DOMAIN = "autonet/salt/1".getBytes(StandardCharsets.UTF_8);

    private final byte[] value;

    private Salt(byte[] value) {
        this.value = value;
    }

    /**
     * The given bytes as they are.
     *
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static Salt of(byte[] value) {
        if (value.length != SIZE) {
            throw new IllegalArgumentException("a salt has 32 bytes, not " + value.length);
        }
        return new Salt(value.clone());
    }

    /**
     * HKDF over an identity's secret, so that whoever holds the key finds the salt again and nobody else can (MSG-15).
     * Its info is the domain, the project's kind number and hash, the round and the purpose, of which only the last
     * varies in length.
     */
    public static Salt derive(byte[] identitySecret, ProcessId project, long round, String purpose) {
        if (round < 0) {
            throw new IllegalArgumentException("a round is not negative: " + round);
        }
        var info = new ByteArrayOutputStream();
        info.writeBytes(ByteBuffer.allocate(4).putInt(project.kind().number()).array());
        info.writeBytes(project.hash().toArray());
        info.writeBytes(ByteBuffer.allocate(8).putLong(round).array());
        info.writeBytes(purpose.getBytes(StandardCharsets.UTF_8));
        return new Salt(Hkdf.derive(identitySecret, DOMAIN, info.toByteArray(), SIZE));
    }

    public byte[] toArray() {
        return value.clone();
    }

    /** What a commitment names before the salt is revealed. */
    public Hash hash() {
        return Hash.digest(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Salt s && Arrays.equals(value, s.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** Its hash only: a salt is secret until it is revealed. */
    @Override
    public String toString() {
        return "Salt[hash " + hash().brief() + "]";
    }
}

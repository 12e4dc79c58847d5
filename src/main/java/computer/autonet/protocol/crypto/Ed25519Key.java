package computer.autonet.protocol.crypto;

import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key (RFC 8032). */
public final class Ed25519Key implements SigningKey {
    public static final int SEED_SIZE = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];

    private Ed25519Key(byte[] seed) {
        this.seed = seed;
        Ed25519.generatePublicKey(seed, 0, point, 0);
    }

    /** The key that RFC 8032 derives from 32 random bytes. */
    public static Ed25519Key ofSeed(byte[] seed) {
        if (seed.length != SEED_SIZE) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        return new Ed25519Key(seed.clone());
    }

    /** The 32 bytes that the key came from, for a keystore to encrypt. */
    public byte[] seed() {
        return seed.clone();
    }

    @Override
    public SignatureScheme scheme() {
        return SignatureScheme.ED25519;
    }

    @Override
    public Bytes owner() {
        return Bytes.of(point);
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, point, 0, null, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public Salt salt(ProcessId project, long round, String purpose) {
        return Salt.derive(seed, project, round, purpose);
    }

    /** The public part only. */
    @Override
    public String toString() {
        return "Ed25519Key[" + owner().toHex() + "]";
    }
}

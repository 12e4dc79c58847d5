package computer.autonet.protocol.crypto;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** A secp256k1 private key that signs as an Ethereum wallet does, with the nonces of RFC 6979. */
public final class Secp256k1Key implements SigningKey {
    public static final int SIZE = 32;

    private final BigInteger secret;
    private final byte[] point;

    private Secp256k1Key(BigInteger secret) {
        this.secret = secret;
        this.point = new FixedPointCombMultiplier()
                .multiply(Secp256k1.CURVE.getG(), secret)
                .getEncoded(false);
    }

    /**
     * The key with this number.
     *
     * @throws IllegalArgumentException if it is not 32 bytes that lie between 1 and the curve's order
     */
    public static Secp256k1Key ofSecret(byte[] secret) {
        var number = new BigInteger(1, secret);
        if (secret.length != SIZE || number.signum() == 0 || number.compareTo(Secp256k1.CURVE.getN()) >= 0) {
            throw new IllegalArgumentException(
                    "a secp256k1 secret is 32 bytes between 1 and the order of the curve: take other random bytes");
        }
        return new Secp256k1Key(number);
    }

    /** A key from 32 random bytes; the few that are out of range are hashed until they are not. */
    public static Secp256k1Key ofSeed(byte[] seed) {
        if (seed.length != SIZE) {
            throw new IllegalArgumentException("a secp256k1 seed has 32 bytes, not " + seed.length);
        }
        byte[] candidate = seed.clone();
        while (new BigInteger(1, candidate).signum() == 0
                || new BigInteger(1, candidate).compareTo(Secp256k1.CURVE.getN()) >= 0) {
            candidate = Hash.digest(candidate).toArray();
        }
        return ofSecret(candidate);
    }

    /** The number as 32 bytes, for a keystore to encrypt or for signing transactions. */
    public byte[] secret() {
        return BigIntegers.asUnsignedByteArray(SIZE, secret);
    }

    /** The 20 bytes of the key's Ethereum address. */
    public Bytes ethereumAddress() {
        return Bytes.of(Secp256k1.address(point));
    }

    /** The Ethereum address of a public key of 65 bytes. */
    public static Bytes ethereumAddress(Bytes owner) {
        if (owner.size() != SignatureScheme.ETHEREUM.ownerSize()) {
            throw new IllegalArgumentException("an uncompressed secp256k1 key has 65 bytes, not " + owner.size());
        }
        return Bytes.of(Secp256k1.address(owner.toArray()));
    }

    @Override
    public SignatureScheme scheme() {
        return SignatureScheme.ETHEREUM;
    }

    @Override
    public Bytes owner() {
        return Bytes.of(point);
    }

    @Override
    public byte[] sign(byte[] message) {
        return signDigest(Secp256k1.personalDigest(message));
    }

    /** Signs a 32-byte digest as it is, for contracts and transactions: {@code r || s || v}, low s, v 27 or 28. */
    public byte[] signDigest(byte[] digest) {
        BigInteger n = Secp256k1.CURVE.getN();
        var nonces = new HMacDSAKCalculator(new SHA256Digest());
        nonces.init(n, secret, digest);
        var e = new BigInteger(1, digest);
        while (true) {
            BigInteger k = nonces.nextK();
            ECPoint point = new FixedPointCombMultiplier()
                    .multiply(Secp256k1.CURVE.getG(), k)
                    .normalize();
            BigInteger r = point.getAffineXCoord().toBigInteger();
            // An x of at least n, one chance in 2^127, has no 65-byte form: the next nonce is as good.
            if (r.signum() == 0 || r.compareTo(n) >= 0) {
                continue;
            }
            BigInteger s = BigIntegers.modOddInverse(n, k)
                    .multiply(e.add(secret.multiply(r)))
                    .mod(n);
            if (s.signum() == 0) {
                continue;
            }
            boolean odd = point.getAffineYCoord().testBitZero();
            if (s.compareTo(Secp256k1.HALF_ORDER) > 0) {
                s = n.subtract(s);
                odd = !odd;
            }
            return ByteBuffer.allocate(SignatureScheme.ETHEREUM.signatureSize())
                    .put(BigIntegers.asUnsignedByteArray(SIZE, r))
                    .put(BigIntegers.asUnsignedByteArray(SIZE, s))
                    .put((byte) (Secp256k1.V_OFFSET + (odd ? 1 : 0)))
                    .array();
        }
    }

    @Override
    public Salt salt(ProcessId project, long round, String purpose) {
        return Salt.derive(secret(), project, round, purpose);
    }

    /** The public part only. */
    @Override
    public String toString() {
        return "Secp256k1Key[0x" + ethereumAddress().toHex() + "]";
    }
}

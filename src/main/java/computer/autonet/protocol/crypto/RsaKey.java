package computer.autonet.protocol.crypto;

import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.util.BigIntegers;

/**
 * A 4096-bit RSA private key, as Arweave wallets have it, that signs with PSS and a 32-byte salt. The salt is derived from
 * the key and the message, which keeps signing a function of its arguments; RFC 8017 asks only that it be unpredictable.
 */
public final class RsaKey implements SigningKey {
    /** One chance in 2^112 that a modulus has a factor that is not prime. */
    private static final int CERTAINTY = 112;

    private static final byte[] SALT_PURPOSE = "autonet/rsa-pss-salt/1".getBytes(StandardCharsets.UTF_8);
    private static final int SALT_SIZE = 32;

    /** Modulus, public exponent, private exponent, two primes and their Chinese remainder parts (RFC 8017, 3.2). */
    public record Numbers(
            BigInteger modulus,
            BigInteger publicExponent,
            BigInteger privateExponent,
            BigInteger p,
            BigInteger q,
            BigInteger dp,
            BigInteger dq,
            BigInteger qInverse) {
        /** Shows the modulus only. */
        @Override
        public String toString() {
            return "Numbers[modulus " + modulus.toString(16) + "]";
        }
    }

    private final RSAPrivateCrtKeyParameters key;

    private RsaKey(RSAPrivateCrtKeyParameters key) {
        this.key = key;
    }

    /** A key whose primes are drawn from a stream that the seed of at least 32 random bytes determines. Takes seconds. */
    public static RsaKey ofSeed(byte[] seed) {
        if (seed.length < 32) {
            throw new IllegalArgumentException("an RSA seed has at least 32 bytes, not " + seed.length);
        }
        var generator = new RSAKeyPairGenerator();
        generator.init(
                new RSAKeyGenerationParameters(RsaPss.EXPONENT, new SeededStream(seed), 8 * RsaPss.SIZE, CERTAINTY));
        return new RsaKey(
                (RSAPrivateCrtKeyParameters) generator.generateKeyPair().getPrivate());
    }

    /**
     * The key with these numbers.
     *
     * @throws IllegalArgumentException if the modulus has not 4096 bits or the exponent is not 65537
     */
    public static RsaKey of(Numbers n) {
        if (n.modulus.bitLength() != 8 * RsaPss.SIZE || !n.publicExponent.equals(RsaPss.EXPONENT)) {
            throw new IllegalArgumentException("an Arweave key has 4096 bits and the exponent 65537, not "
                    + n.modulus.bitLength() + " bits and " + n.publicExponent + "; make one with these");
        }
        return new RsaKey(new RSAPrivateCrtKeyParameters(
                n.modulus, n.publicExponent, n.privateExponent, n.p, n.q, n.dp, n.dq, n.qInverse));
    }

    /** The numbers, for a keystore to encrypt. */
    public Numbers numbers() {
        return new Numbers(
                key.getModulus(),
                key.getPublicExponent(),
                key.getExponent(),
                key.getP(),
                key.getQ(),
                key.getDP(),
                key.getDQ(),
                key.getQInv());
    }

    @Override
    public SignatureScheme scheme() {
        return SignatureScheme.ARWEAVE;
    }

    @Override
    public Bytes owner() {
        return Bytes.of(BigIntegers.asUnsignedByteArray(RsaPss.SIZE, key.getModulus()));
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] salt = Hkdf.derive(secret(), SALT_PURPOSE, message, SALT_SIZE);
        var signer = new PSSSigner(new RSABlindedEngine(), new SHA256Digest(), salt);
        signer.init(true, key);
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("a valid RSA key signs every message", e);
        }
    }

    @Override
    public Salt salt(ProcessId project, long round, String purpose) {
        return Salt.derive(secret(), project, round, purpose);
    }

    private byte[] secret() {
        return key.getExponent().toByteArray();
    }

    /** The public part only. */
    @Override
    public String toString() {
        return "RsaKey[" + identity() + "]";
    }
}

package computer.autonet.protocol.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** The curve secp256k1 (SEC 2) and what Ethereum wallets do with it: Keccak-256 and EIP-191 personal messages (MSG-12). */
final class Secp256k1 {
    static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));
    static final BigInteger HALF_ORDER = CURVE.getN().shiftRight(1);

    /** What wallets add to the parity of R's y coordinate. */
    static final int V_OFFSET = 27;

    private static final int UNCOMPRESSED = 0x04;
    private static final int WORD = 32;

    private Secp256k1() {}

    static byte[] keccak(byte[]... parts) {
        var digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[WORD];
        digest.doFinal(out, 0);
        return out;
    }

    /** What a wallet signs when asked to sign this message (EIP-191, version 0x45). */
    static byte[] personalDigest(byte[] message) {
        byte[] prefix = ("\u0019Ethereum Signed Message:\n" + message.length).getBytes(StandardCharsets.US_ASCII);
        return keccak(prefix, message);
    }

    /** The last 20 bytes of the Keccak-256 of the point's coordinates. */
    static byte[] address(byte[] uncompressedPoint) {
        return Arrays.copyOfRange(keccak(Arrays.copyOfRange(uncompressedPoint, 1, 1 + 2 * WORD)), 12, WORD);
    }

    /**
     * Verifies {@code r || s || v}. The recovered point R is compared whole, x and the parity of y, so that v is checked
     * with the same two multiplications that plain ECDSA needs.
     */
    static boolean verifyPersonal(byte[] owner, byte[] message, byte[] signature) {
        var r = new BigInteger(1, signature, 0, WORD);
        var s = new BigInteger(1, signature, WORD, WORD);
        int parity = signature[2 * WORD] - V_OFFSET;
        BigInteger n = CURVE.getN();
        boolean inRange = r.signum() > 0 && r.compareTo(n) < 0 && s.signum() > 0 && s.compareTo(HALF_ORDER) <= 0;
        if (!inRange || parity < 0 || parity > 1 || owner[0] != UNCOMPRESSED) {
            return false;
        }
        ECPoint key;
        try {
            key = CURVE.validatePublicPoint(CURVE.getCurve().decodePoint(owner));
        } catch (IllegalArgumentException notOnTheCurve) {
            return false;
        }
        BigInteger inverse = BigIntegers.modOddInverseVar(n, s);
        BigInteger e = new BigInteger(1, personalDigest(message));
        ECPoint point = ECAlgorithms.sumOfTwoMultiplies(
                        CURVE.getG(),
                        e.multiply(inverse).mod(n),
                        key,
                        r.multiply(inverse).mod(n))
                .normalize();
        return !point.isInfinity()
                && point.getAffineXCoord().toBigInteger().equals(r)
                && point.getAffineYCoord().testBitZero() == (parity == 1);
    }
}

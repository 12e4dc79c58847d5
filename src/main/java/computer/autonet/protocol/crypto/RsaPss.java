package computer.autonet.protocol.crypto;

import computer.autonet.base.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/**
 * RSASSA-PSS verification (RFC 8017, 8.1.2 and 9.1.2) with SHA-256, 4096 bits and the exponent 65537, for a salt of any
 * length (MSG-10). Arweave wallets differ in that length and it is not written anywhere in the item, while the verifiers
 * of the JDK and of Bouncy Castle want it in advance.
 */
final class RsaPss {
    static final int SIZE = 512;
    static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    private static final int HASH_SIZE = Hash.SIZE;
    private static final byte TRAILER = (byte) 0xbc;

    private RsaPss() {}

    static boolean verify(byte[] modulus, byte[] message, byte[] signature) {
        var n = new BigInteger(1, modulus);
        var s = new BigInteger(1, signature);
        if (n.bitLength() != 8 * SIZE || !n.testBit(0) || s.compareTo(n) >= 0) {
            return false;
        }
        byte[] encoded = BigIntegers.asUnsignedByteArray(SIZE, s.modPow(EXPONENT, n));
        // The encoded message has one bit less than the modulus, so that the first bit must be zero.
        if (encoded[SIZE - 1] != TRAILER || encoded[0] < 0) {
            return false;
        }
        byte[] block = Arrays.copyOf(encoded, SIZE - HASH_SIZE - 1);
        byte[] hash = Arrays.copyOfRange(encoded, SIZE - HASH_SIZE - 1, SIZE - 1);
        mask(block, hash);
        block[0] &= 0x7f;
        int salt = 0;
        while (salt < block.length && block[salt] == 0) {
            salt++;
        }
        if (salt == block.length || block[salt] != 1) {
            return false;
        }
        MessageDigest sha = Hash.sha256();
        sha.update(new byte[8]);
        sha.update(Hash.digest(message).toArray());
        sha.update(block, salt + 1, block.length - salt - 1);
        return MessageDigest.isEqual(hash, sha.digest());
    }

    /** Applies MGF1. */
    private static void mask(byte[] block, byte[] seed) {
        MessageDigest sha = Hash.sha256();
        for (int offset = 0, counter = 0; offset < block.length; offset += HASH_SIZE, counter++) {
            sha.update(seed);
            byte[] mask = sha.digest(ByteBuffer.allocate(4).putInt(counter).array());
            for (int i = 0; i < HASH_SIZE && offset + i < block.length; i++) {
                block[offset + i] ^= mask[i];
            }
        }
    }
}

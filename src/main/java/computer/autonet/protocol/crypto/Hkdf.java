package computer.autonet.protocol.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869): derives keys of any purpose from one secret. */
public final class Hkdf {
    private static final String HMAC = "HmacSHA256";
    private static final int HASH_SIZE = 32;
    private static final int MAX_SIZE = 255 * HASH_SIZE;

    private Hkdf() {}

    /** Extract, then expand. An empty salt stands for 32 zero bytes. */
    public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int size) {
        return expand(extract(salt, secret), info, size);
    }

    static byte[] extract(byte[] salt, byte[] secret) {
        return hmac(salt.length == 0 ? new byte[HASH_SIZE] : salt).doFinal(secret);
    }

    static byte[] expand(byte[] pseudoRandomKey, byte[] info, int size) {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("HKDF gives between 1 and " + MAX_SIZE + " bytes, not " + size);
        }
        Mac mac = hmac(pseudoRandomKey);
        byte[] out = new byte[size];
        byte[] block = new byte[0];
        for (int filled = 0, counter = 1; filled < size; filled += HASH_SIZE, counter++) {
            mac.update(block);
            mac.update(info);
            block = mac.doFinal(new byte[] {(byte) counter});
            System.arraycopy(block, 0, out, filled, Math.min(HASH_SIZE, size - filled));
        }
        return out;
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have " + HMAC, e);
        }
    }
}

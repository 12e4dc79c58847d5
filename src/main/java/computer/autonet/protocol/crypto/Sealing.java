package computer.autonet.protocol.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption of a blob under a salt: AES-256-GCM with the key HKDF(salt) and an all-zero nonce (MSG-14).
 *
 * <p>The zero nonce is sound because each salt seals one plaintext: salts are derived per identity, project, round and
 * purpose. Sealing two plaintexts under one salt would show their difference.
 */
public final class Sealing {
    /** How much longer than its plaintext a ciphertext is, in bytes. */
    public static final int OVERHEAD = 16;

    private static final byte[] PURPOSE = "autonet/seal/1".getBytes(StandardCharsets.UTF_8);
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int KEY_SIZE = 32;
    private static final int NONCE_SIZE = 12;

    private Sealing() {}

    /** The outcome of opening. */
    public sealed interface Opened {
        /** The plaintext, which this holder owns. */
        @SuppressWarnings("ArrayRecordComponent") // Blobs have megabytes; one copy is enough.
        record Plaintext(byte[] bytes) implements Opened {}

        /** The salt does not fit the ciphertext, or one of them was changed. */
        record Unopenable(String remedy) implements Opened {}
    }

    /** The ciphertext; the same for the same arguments. */
    public static byte[] seal(Salt salt, byte[] plaintext) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, salt).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption cannot fail on valid arguments", e);
        }
    }

    public static Opened open(Salt salt, byte[] ciphertext) {
        if (ciphertext.length < OVERHEAD) {
            return new Opened.Unopenable("the ciphertext has " + ciphertext.length + " bytes and needs at least "
                    + OVERHEAD + "; fetch the whole blob");
        }
        try {
            return new Opened.Plaintext(cipher(Cipher.DECRYPT_MODE, salt).doFinal(ciphertext));
        } catch (AEADBadTagException e) {
            return new Opened.Unopenable("the salt does not open this ciphertext; use the salt that sealed it and check"
                    + " that the ciphertext has the id that was committed to");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decryption fails by its tag only", e);
        }
    }

    private static Cipher cipher(int mode, Salt salt) throws GeneralSecurityException {
        byte[] key = Hkdf.derive(salt.toArray(), new byte[0], PURPOSE, KEY_SIZE);
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * OVERHEAD, new byte[NONCE_SIZE]));
        Arrays.fill(key, (byte) 0);
        return cipher;
    }
}

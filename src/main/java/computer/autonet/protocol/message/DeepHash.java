package computer.autonet.protocol.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Arweave's hash of nested lists of bytes: SHA-384 over tagged lengths, so that no two structures share a preimage. */
final class DeepHash {
    private DeepHash() {}

    static byte[] blob(byte[] content) {
        MessageDigest sha = sha384();
        byte[] tag = sha.digest(ascii("blob" + content.length));
        byte[] body = sha.digest(content);
        sha.update(tag);
        return sha.digest(body);
    }

    static byte[] list(List<byte[]> blobs) {
        MessageDigest sha = sha384();
        byte[] hash = sha.digest(ascii("list" + blobs.size()));
        for (byte[] blob : blobs) {
            sha.update(hash);
            hash = sha.digest(blob(blob));
        }
        return hash;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java platform without SHA-384 cannot run Autonet", e);
        }
    }
}

package computer.autonet.protocol.crypto;

import computer.autonet.base.Bytes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 verification in which every reading of RFC 8032 gives the same answer (MSG-11).
 *
 * <p>The RFC allows the group equation with and without the cofactor, and libraries differ: Bouncy Castle uses the first,
 * the JDK, OpenSSL and libsodium the second. The two differ only where the key or the nonce point R has a part of small order, which no
 * honest signer makes. So both points must have prime order; then the two equations are one. Bouncy Castle with both
 * checks takes a quarter of the time of the JDK's provider (docs/spec/message.md).
 *
 * <p>A key that has passed is remembered, because the same few owners sign most messages. The memory changes no answer.
 */
final class Ed25519Curve {
    /** At about 250 bytes a key, one megabyte at most. */
    private static final int MAX_REMEMBERED = 4096;

    private static final ConcurrentMap<Bytes, Ed25519.PublicPoint> REMEMBERED = new ConcurrentHashMap<>();

    private Ed25519Curve() {}

    static boolean verify(byte[] owner, byte[] message, byte[] signature) {
        Ed25519.@Nullable PublicPoint key = primeOrderPoint(owner);
        return key != null
                && Ed25519.verify(signature, 0, key, message, 0, message.length)
                && Ed25519.validatePublicKeyFull(signature, 0);
    }

    private static Ed25519.@Nullable PublicPoint primeOrderPoint(byte[] owner) {
        Bytes name = Bytes.of(owner);
        Ed25519.@Nullable PublicPoint known = REMEMBERED.get(name);
        if (known != null) {
            return known;
        }
        Ed25519.@Nullable PublicPoint point = Ed25519.validatePublicKeyFullExport(owner, 0);
        if (point != null) {
            if (REMEMBERED.size() >= MAX_REMEMBERED) {
                REMEMBERED.clear();
            }
            REMEMBERED.put(name, point);
        }
        return point;
    }
}

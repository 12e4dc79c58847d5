package computer.autonet.protocol.crypto;

import computer.autonet.base.Bytes;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;

/**
 * A private key that signs ANS-104 items and derives salts, without showing itself. Signing the same message twice gives
 * the same signature.
 */
public sealed interface SigningKey permits Ed25519Key, Secp256k1Key, RsaKey {
    SignatureScheme scheme();

    /** The public key as the owner field of a data item has it. */
    Bytes owner();

    byte[] sign(byte[] message);

    /** The salt of one purpose in one round of a project; the same key finds it again after a crash (MSG-15). */
    Salt salt(ProcessId project, long round, String purpose);

    default Identity identity() {
        return Identity.ofOwner(owner().toArray());
    }
}

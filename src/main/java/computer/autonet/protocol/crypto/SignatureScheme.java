package computer.autonet.protocol.crypto;

import java.util.Optional;

/**
 * A way to sign that ANS-104 numbers: it fixes the sizes of the signature and of the owner field, which holds the public
 * key, and what makes a signature valid. Rules MSG-10 to MSG-13.
 */
public enum SignatureScheme {
    /** Arweave wallets: RSA-PSS with SHA-256 and 4096 bits; the owner is the modulus, the exponent 65537. */
    ARWEAVE(1, 512, 512) {
        @Override
        boolean verifySized(byte[] owner, byte[] message, byte[] signature) {
            return RsaPss.verify(owner, message, signature);
        }
    },
    /** Ed25519 (RFC 8032); the owner is the encoded point. */
    ED25519(2, 64, 32) {
        @Override
        boolean verifySized(byte[] owner, byte[] message, byte[] signature) {
            return Ed25519Curve.verify(owner, message, signature);
        }
    },
    /** Ethereum wallets: secp256k1 over an EIP-191 personal message; the owner is the uncompressed point. */
    ETHEREUM(3, 65, 65) {
        @Override
        boolean verifySized(byte[] owner, byte[] message, byte[] signature) {
            return Secp256k1.verifyPersonal(owner, message, signature);
        }
    };

    private static final SignatureScheme[] ALL = values();

    private final int type;
    private final int signatureSize;
    private final int ownerSize;

    SignatureScheme(int type, int signatureSize, int ownerSize) {
        this.type = type;
        this.signatureSize = signatureSize;
        this.ownerSize = ownerSize;
    }

    abstract boolean verifySized(byte[] owner, byte[] message, byte[] signature);

    /** The scheme that ANS-104 gives this number, if it is one of those that Autonet accepts. */
    public static Optional<SignatureScheme> ofType(int type) {
        for (SignatureScheme scheme : ALL) {
            if (scheme.type == type) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }

    /** The number in ANS-104. */
    public int type() {
        return type;
    }

    /** In bytes. */
    public int signatureSize() {
        return signatureSize;
    }

    /** In bytes. */
    public int ownerSize() {
        return ownerSize;
    }

    /** Whether the owner's key made the signature over the message. Never throws: other sizes are just not valid. */
    public boolean verify(byte[] owner, byte[] message, byte[] signature) {
        return owner.length == ownerSize && signature.length == signatureSize && verifySized(owner, message, signature);
    }
}

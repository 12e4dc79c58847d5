package computer.autonet.adapter.keystore;

import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.RsaKey;
import computer.autonet.protocol.crypto.Secp256k1Key;
import computer.autonet.protocol.crypto.SigningKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.BigIntegers;

/** The standard forms of our keys: PKCS#8 (RFC 5958), SubjectPublicKeyInfo and the self-signed certificate that PKCS#12 asks for. */
final class KeyForms {
    /** Passed to each call and registered nowhere, so that the rest of the program keeps the JDK's own providers. */
    static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private static final ECNamedDomainParameters SECP256K1 = new ECNamedDomainParameters(
            SECObjectIdentifiers.secp256k1, CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256k1));

    /** RFC 5280's date for "no end": what ends an identity is the protocol, not a certificate. */
    private static final Date NO_END = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    private KeyForms() {}

    /** The key of a PKCS#8 structure, or nothing if Autonet does not sign with its sort. */
    static Optional<SigningKey> ofPkcs8(byte[] pkcs8) {
        try {
            AsymmetricKeyParameter key = PrivateKeyFactory.createKey(pkcs8);
            if (key instanceof Ed25519PrivateKeyParameters ed) {
                return Optional.of(Ed25519Key.ofSeed(ed.getEncoded()));
            }
            if (key instanceof ECPrivateKeyParameters ec && ec.getParameters().equals(SECP256K1)) {
                return Optional.of(
                        Secp256k1Key.ofSecret(BigIntegers.asUnsignedByteArray(Secp256k1Key.SIZE, ec.getD())));
            }
            if (key instanceof RSAPrivateCrtKeyParameters rsa) {
                return Optional.of(RsaKey.of(new RsaKey.Numbers(
                        rsa.getModulus(),
                        rsa.getPublicExponent(),
                        rsa.getExponent(),
                        rsa.getP(),
                        rsa.getQ(),
                        rsa.getDP(),
                        rsa.getDQ(),
                        rsa.getQInv())));
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException unsupported) {
            return Optional.empty();
        }
    }

    static PrivateKey privateKey(SigningKey key) {
        try {
            PrivateKeyInfo info = PrivateKeyInfoFactory.createPrivateKeyInfo(secretParameters(key));
            return new JcaPEMKeyConverter().setProvider(BOUNCY_CASTLE).getPrivateKey(info);
        } catch (IOException e) {
            throw new IllegalStateException("a signing key has a PKCS#8 form", e);
        }
    }

    static SubjectPublicKeyInfo publicKey(SigningKey key) {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicParameters(key));
        } catch (IOException e) {
            throw new IllegalStateException("a public key has an X.509 form", e);
        }
    }

    /** Signed by the key itself; its subject is the identity's name. It claims nothing else. */
    static X509Certificate certificate(String name, SigningKey key) {
        X500Name subject =
                new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
        var serial = new BigInteger(1, key.identity().address().toArray()).shiftRight(128);
        var builder = new X509v3CertificateBuilder(
                subject, serial, Date.from(Instant.EPOCH), NO_END, subject, publicKey(key));
        try {
            var signer = new JcaContentSignerBuilder(signatureName(key))
                    .setProvider(BOUNCY_CASTLE)
                    .build(privateKey(key));
            return new JcaX509CertificateConverter().setProvider(BOUNCY_CASTLE).getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("a signing key signs its own certificate", e);
        }
    }

    private static String signatureName(SigningKey key) {
        return switch (key.scheme()) {
            case ED25519 -> "Ed25519";
            case ETHEREUM -> "SHA256withECDSA";
            case ARWEAVE -> "SHA256withRSA";
        };
    }

    private static AsymmetricKeyParameter secretParameters(SigningKey key) {
        if (key instanceof Ed25519Key ed) {
            return new Ed25519PrivateKeyParameters(ed.seed());
        }
        if (key instanceof Secp256k1Key secp) {
            return new ECPrivateKeyParameters(new BigInteger(1, secp.secret()), SECP256K1);
        }
        RsaKey.Numbers n = ((RsaKey) key).numbers();
        return new RSAPrivateCrtKeyParameters(
                n.modulus(), n.publicExponent(), n.privateExponent(), n.p(), n.q(), n.dp(), n.dq(), n.qInverse());
    }

    private static AsymmetricKeyParameter publicParameters(SigningKey key) {
        if (key instanceof Ed25519Key ed) {
            return new Ed25519PrivateKeyParameters(ed.seed()).generatePublicKey();
        }
        if (key instanceof Secp256k1Key secp) {
            return new ECPublicKeyParameters(
                    SECP256K1.getCurve().decodePoint(secp.owner().toArray()), SECP256K1);
        }
        RsaKey.Numbers n = ((RsaKey) key).numbers();
        return new RSAKeyParameters(false, n.modulus(), n.publicExponent());
    }
}

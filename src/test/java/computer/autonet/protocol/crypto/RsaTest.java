package computer.autonet.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Hash;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaTest {
    private static final byte[] MESSAGE = Hash.digest("message").toArray();

    private static RsaKey key;

    @BeforeAll
    static void generate() {
        key = RsaKey.ofSeed(Hash.digest("rsa").toArray());
    }

    private static boolean verify(byte[] message, byte[] signature) {
        return SignatureScheme.ARWEAVE.verify(key.owner().toArray(), message, signature);
    }

    private static Signature jdk(int saltSize) throws GeneralSecurityException {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltSize, 1));
        return pss;
    }

    @Test
    @DisplayName("MSG-10 a signature repeats, verifies here, and verifies in the JDK with a salt of 32 bytes")
    void signs() throws GeneralSecurityException {
        byte[] signature = key.sign(MESSAGE);
        assertThat(signature).hasSize(512).isEqualTo(key.sign(MESSAGE));
        assertThat(verify(MESSAGE, signature)).isTrue();
        Signature jdk = jdk(32);
        jdk.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.numbers().modulus(), RsaPss.EXPONENT)));
        jdk.update(MESSAGE);
        assertThat(jdk.verify(signature)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 32, 64, 477, 478})
    @DisplayName("MSG-10 signatures of the JDK with a salt of any length verify")
    void anySalt(int saltSize) throws GeneralSecurityException {
        RsaKey.Numbers n = key.numbers();
        Signature jdk = jdk(saltSize);
        jdk.initSign(KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        n.modulus(),
                        n.publicExponent(),
                        n.privateExponent(),
                        n.p(),
                        n.q(),
                        n.dp(),
                        n.dq(),
                        n.qInverse())));
        jdk.update(MESSAGE);
        byte[] signature = jdk.sign();
        assertThat(verify(MESSAGE, signature)).isTrue();
        assertThat(verify(Hash.digest("other").toArray(), signature)).isFalse();
        signature[500] ^= 1;
        assertThat(verify(MESSAGE, signature)).isFalse();
    }

    @Test
    @DisplayName("MSG-10 a signature plus the modulus, zero, and weak moduli are refused")
    void outOfRange() {
        byte[] zero = new byte[512];
        byte[] even = key.owner().toArray();
        even[511] &= (byte) 0xfe;
        byte[] small = key.owner().toArray();
        small[0] = 0;
        assertThat(verify(MESSAGE, zero)).isFalse();
        assertThat(verify(MESSAGE, key.owner().toArray())).isFalse();
        assertThat(SignatureScheme.ARWEAVE.verify(even, MESSAGE, key.sign(MESSAGE)))
                .isFalse();
        assertThat(SignatureScheme.ARWEAVE.verify(small, MESSAGE, key.sign(MESSAGE)))
                .isFalse();
        assertThat(SignatureScheme.ARWEAVE.verify(zero, MESSAGE, key.sign(MESSAGE)))
                .isFalse();
    }

    @Test
    @DisplayName("a key comes back from its numbers, and other sizes are refused with the remedy")
    void numbers() {
        assertThat(RsaKey.of(key.numbers()).sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
        RsaKey.Numbers n = key.numbers();
        var wrong = new RsaKey.Numbers(
                n.modulus().shiftRight(1),
                BigInteger.valueOf(3),
                n.privateExponent(),
                n.p(),
                n.q(),
                n.dp(),
                n.dq(),
                n.qInverse());
        assertThatThrownBy(() -> RsaKey.of(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4096 bits");
        assertThat(n.toString()).doesNotContain(n.privateExponent().toString(16));
    }
}

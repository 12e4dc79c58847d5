package computer.autonet.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Hash;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MESSAGE =
            "a message of forty-eight bytes, as a digest has..".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static boolean verify(byte[] owner, byte[] message, byte[] signature) {
        return SignatureScheme.ED25519.verify(owner, message, signature);
    }

    private static Ed25519Key key(String name) {
        return Ed25519Key.ofSeed(Hash.digest(name).toArray());
    }

    /** The JDK's provider, which checks the equation without the cofactor. */
    private static boolean jdkVerify(byte[] owner, byte[] message, byte[] signature) {
        try {
            byte[] y = owner.clone();
            boolean odd = y[31] < 0;
            y[31] &= 0x7f;
            var spec = new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, Edwards.littleEndian(y)));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(spec));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @DisplayName("MSG-11 keys and signatures are those of RFC 8032, 7.1")
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    })
    void rfcVectors(String seed, String owner, String message, String signature) {
        Ed25519Key key = Ed25519Key.ofSeed(HEX.parseHex(seed));
        assertThat(key.owner().toHex()).isEqualTo(owner);
        assertThat(HEX.formatHex(key.sign(HEX.parseHex(message)))).isEqualTo(signature);
        assertThat(verify(HEX.parseHex(owner), HEX.parseHex(message), HEX.parseHex(signature)))
                .isTrue();
    }

    @Test
    @DisplayName("MSG-11 every answer on honest and on changed signatures is the JDK's")
    void agreesWithTheJdk() {
        int accepted = 0;
        for (long seed = 0; seed < 400; seed++) {
            var random = new SplittableRandom(seed);
            Ed25519Key key = key("signer " + random.nextInt(20));
            byte[] owner = key.owner().toArray();
            byte[] message = MESSAGE.clone();
            byte[] signature = key.sign(message);
            byte[] changed = switch (random.nextInt(6)) {
                case 0 -> owner;
                case 1 -> message;
                case 2, 3 -> signature;
                default -> new byte[1];
            };
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            boolean answer = verify(owner, message, signature);
            assertThat(answer).as("seed %d", seed).isEqualTo(jdkVerify(owner, message, signature));
            accepted += answer ? 1 : 0;
        }
        assertThat(accepted).isBetween(50, 350);
    }

    @Test
    @DisplayName("MSG-11 a nonce point with a part of small order is refused, though one reading of the RFC accepts it")
    void mixedNoncePoint() {
        Ed25519Key key = key("mixed R");
        BigInteger secret = Edwards.secretScalar(key.seed());
        Edwards torsion = Edwards.ORDER_TWO;
        for (int i = 1; i <= 16; i++) {
            Edwards nonce = Edwards.BASE.times(BigInteger.valueOf(i)).plus(torsion);
            byte[] signature =
                    Edwards.signature(nonce, BigInteger.valueOf(i), key.owner().toArray(), secret, MESSAGE);
            assertThat(Ed25519.verify(signature, 0, key.owner().toArray(), 0, MESSAGE, 0, MESSAGE.length))
                    .as("the equation with the cofactor holds, so that the case is what it claims to be")
                    .isTrue();
            assertThat(jdkVerify(key.owner().toArray(), MESSAGE, signature)).isFalse();
            assertThat(verify(key.owner().toArray(), MESSAGE, signature)).isFalse();
        }
    }

    @Test
    @DisplayName("MSG-11 a key with a part of small order is refused")
    void mixedKey() {
        BigInteger secret = Edwards.secretScalar(key("mixed A").seed());
        byte[] owner = Edwards.BASE.times(secret).plus(Edwards.ORDER_TWO).encoded();
        for (int i = 1; i <= 16; i++) {
            BigInteger nonce = BigInteger.valueOf(i);
            byte[] signature = Edwards.signature(Edwards.BASE.times(nonce), nonce, owner, secret, MESSAGE);
            assertThat(Ed25519.verify(signature, 0, owner, 0, MESSAGE, 0, MESSAGE.length))
                    .isTrue();
            assertThat(verify(owner, MESSAGE, signature)).isFalse();
        }
    }

    @Test
    @DisplayName("MSG-11 a key of small order, under which anything is signed, is refused")
    void smallKey() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] signature = Arrays.copyOf(Edwards.BASE.encoded(), 64);
        signature[32] = 1;
        assertThat(verify(neutral, MESSAGE, signature)).isFalse();
        assertThat(verify(Edwards.ORDER_TWO.encoded(), MESSAGE, signature)).isFalse();
    }

    @Test
    @DisplayName("MSG-11 S plus the group's order is refused: one signature has one form")
    void largeS() {
        Ed25519Key key = key("large S");
        byte[] signature = key.sign(MESSAGE);
        BigInteger s = Edwards.littleEndian(Arrays.copyOfRange(signature, 32, 64));
        System.arraycopy(Edwards.littleEndian(s.add(Edwards.ORDER)), 0, signature, 32, 32);
        assertThat(verify(key.owner().toArray(), MESSAGE, signature)).isFalse();
    }

    @Test
    @DisplayName("MSG-11 keys whose coordinate is not below the field's prime are refused")
    void overlongCoordinate() {
        for (int above = 0; above < 19; above++) {
            byte[] owner = Edwards.littleEndian(Edwards.PRIME.add(BigInteger.valueOf(above)));
            assertThat(verify(owner, MESSAGE, new byte[64])).isFalse();
        }
    }

    @Test
    @DisplayName("MSG-13 other sizes are not valid and do not throw")
    void sizes() {
        Ed25519Key key = key("sizes");
        byte[] signature = key.sign(MESSAGE);
        assertThat(verify(key.owner().toArray(), MESSAGE, Arrays.copyOf(signature, 63)))
                .isFalse();
        assertThat(verify(key.owner().toArray(), MESSAGE, Arrays.copyOf(signature, 65)))
                .isFalse();
        assertThat(verify(new byte[31], MESSAGE, signature)).isFalse();
        assertThat(verify(new byte[0], MESSAGE, new byte[0])).isFalse();
        assertThatThrownBy(() -> Ed25519Key.ofSeed(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    @DisplayName("a key shows its public part only")
    void secretStaysHidden() {
        Ed25519Key key = key("hidden");
        assertThat(key.toString()).contains(key.owner().toHex()).doesNotContain(HEX.formatHex(key.seed()));
    }

    /** Points of the curve by the affine formulas of RFC 8032, 5.1.4: slow, plain, and independent of what is tested. */
    private record Edwards(BigInteger x, BigInteger y) {
        static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
        static final BigInteger ORDER =
                BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        static final BigInteger D = BigInteger.valueOf(-121665)
                .multiply(BigInteger.valueOf(121666).modInverse(PRIME))
                .mod(PRIME);
        static final Edwards BASE = new Edwards(
                new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
                BigInteger.valueOf(4)
                        .multiply(BigInteger.valueOf(5).modInverse(PRIME))
                        .mod(PRIME));
        static final Edwards ORDER_TWO = new Edwards(BigInteger.ZERO, PRIME.subtract(BigInteger.ONE));

        Edwards plus(Edwards o) {
            BigInteger product =
                    D.multiply(x).multiply(o.x).multiply(y).multiply(o.y).mod(PRIME);
            return new Edwards(
                    x.multiply(o.y)
                            .add(y.multiply(o.x))
                            .multiply(BigInteger.ONE.add(product).modInverse(PRIME))
                            .mod(PRIME),
                    y.multiply(o.y)
                            .add(x.multiply(o.x))
                            .multiply(BigInteger.ONE.subtract(product).modInverse(PRIME))
                            .mod(PRIME));
        }

        Edwards times(BigInteger scalar) {
            var sum = new Edwards(BigInteger.ZERO, BigInteger.ONE);
            for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                sum = scalar.testBit(bit) ? sum.plus(this) : sum;
            }
            return sum;
        }

        byte[] encoded() {
            byte[] out = littleEndian(y);
            out[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
            return out;
        }

        static byte[] littleEndian(BigInteger number) {
            byte[] out = new byte[32];
            for (int i = 0; i < out.length; i++) {
                out[i] = number.shiftRight(8 * i).byteValue();
            }
            return out;
        }

        static BigInteger littleEndian(byte[] bytes) {
            byte[] reversed = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                reversed[i] = bytes[bytes.length - 1 - i];
            }
            return new BigInteger(1, reversed);
        }

        static byte[] sha512(byte[]... parts) {
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-512");
                for (byte[] part : parts) {
                    sha.update(part);
                }
                return sha.digest();
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        static BigInteger secretScalar(byte[] seed) {
            byte[] scalar = Arrays.copyOf(sha512(seed), 32);
            scalar[0] &= (byte) 0xf8;
            scalar[31] = (byte) (scalar[31] & 0x7f | 0x40);
            return littleEndian(scalar);
        }

        /** R and S with S = nonce + H(R, owner, message) times secret, whatever R is. */
        static byte[] signature(Edwards noncePoint, BigInteger nonce, byte[] owner, BigInteger secret, byte[] message) {
            byte[] r = noncePoint.encoded();
            BigInteger challenge = littleEndian(sha512(r, owner, message)).mod(ORDER);
            byte[] out = Arrays.copyOf(r, 64);
            System.arraycopy(littleEndian(challenge.multiply(secret).add(nonce).mod(ORDER)), 0, out, 32, 32);
            return out;
        }
    }
}

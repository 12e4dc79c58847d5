package computer.autonet.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Secp256k1Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MESSAGE = Hash.digest("message").toArray();
    private static final Secp256k1Key KEY =
            Secp256k1Key.ofSeed(Hash.digest("key").toArray());

    private static boolean verify(Bytes owner, byte[] message, byte[] signature) {
        return SignatureScheme.ETHEREUM.verify(owner.toArray(), message, signature);
    }

    private static byte[] word(BigInteger number) {
        return BigIntegers.asUnsignedByteArray(32, number);
    }

    /** The example in the documentation of web3.js, eth.accounts.sign. */
    @Test
    @DisplayName("MSG-12 digest, signature and address are those of an Ethereum wallet")
    void walletVector() {
        var key =
                Secp256k1Key.ofSecret(HEX.parseHex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"));
        byte[] message = "Some data".getBytes(StandardCharsets.US_ASCII);
        assertThat(HEX.formatHex(Secp256k1.personalDigest(message)))
                .isEqualTo("1da44b586eb0729ff70a73c326926f6ed5a25f5b056e7f47fbc6e58d86871655");
        assertThat(key.ethereumAddress().toHex()).isEqualTo("2c7536e3605d9c16a7a3d7b1898e529396a65c23");
        assertThat(HEX.formatHex(key.sign(message)))
                .isEqualTo("b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd"
                        + "6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a029"
                        + "1c");
        assertThat(verify(key.owner(), message, key.sign(message))).isTrue();
    }

    @Test
    @DisplayName("MSG-12 signatures verify, repeat, and have a low s")
    void signs() {
        for (int i = 0; i < 40; i++) {
            Secp256k1Key key = Secp256k1Key.ofSeed(Hash.digest("key " + i).toArray());
            byte[] signature = key.sign(MESSAGE);
            assertThat(key.sign(MESSAGE)).isEqualTo(signature);
            assertThat(verify(key.owner(), MESSAGE, signature)).isTrue();
            assertThat(new BigInteger(1, signature, 32, 32)).isLessThanOrEqualTo(Secp256k1.HALF_ORDER);
            assertThat(verify(KEY.owner(), MESSAGE, signature)).isFalse();
        }
    }

    @Test
    @DisplayName("MSG-12 the malleated twin of a signature, with a high s, is refused with either v")
    void highS() {
        byte[] signature = KEY.sign(MESSAGE);
        var s = new BigInteger(1, signature, 32, 32);
        System.arraycopy(word(Secp256k1.CURVE.getN().subtract(s)), 0, signature, 32, 32);
        for (int v : new int[] {27, 28}) {
            signature[64] = (byte) v;
            assertThat(verify(KEY.owner(), MESSAGE, signature)).isFalse();
        }
    }

    @Test
    @DisplayName("MSG-12 only the v that recovers the owner is accepted, as 27 or 28")
    void recoveryId() {
        byte[] signature = KEY.sign(MESSAGE);
        int right = signature[64];
        assertThat(right).isBetween(27, 28);
        for (int v = 0; v < 256; v++) {
            signature[64] = (byte) v;
            assertThat(verify(KEY.owner(), MESSAGE, signature)).as("v %d", v).isEqualTo(v == right);
        }
    }

    @Test
    @DisplayName("MSG-12 numbers out of range and points off the curve are refused")
    void outOfRange() {
        byte[] good = KEY.sign(MESSAGE);
        for (BigInteger bad : new BigInteger[] {
            BigInteger.ZERO, Secp256k1.CURVE.getN(), BigInteger.TWO.pow(256).subtract(BigInteger.ONE)
        }) {
            for (int at : new int[] {0, 32}) {
                byte[] signature = good.clone();
                System.arraycopy(word(bad), 0, signature, at, 32);
                assertThat(verify(KEY.owner(), MESSAGE, signature)).isFalse();
            }
        }
        for (int at : new int[] {0, 1, 33, 64}) {
            byte[] owner = KEY.owner().toArray();
            owner[at] ^= 2;
            assertThat(verify(Bytes.of(owner), MESSAGE, good)).isFalse();
        }
        assertThat(verify(Bytes.of(new byte[65]), MESSAGE, good)).isFalse();
        assertThat(verify(KEY.owner(), MESSAGE, Arrays.copyOf(good, 64))).isFalse();
    }

    @Test
    @DisplayName("MSG-12 the plain digest's signature is no personal message's")
    void plainDigest() {
        assertThat(verify(KEY.owner(), MESSAGE, KEY.signDigest(MESSAGE))).isFalse();
    }

    @Test
    @DisplayName("secrets out of range are refused, seeds out of range give a key")
    void range() {
        assertThatThrownBy(() -> Secp256k1Key.ofSecret(new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Secp256k1Key.ofSecret(word(Secp256k1.CURVE.getN())))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(Secp256k1Key.ofSeed(ones))
                .hasToString(Secp256k1Key.ofSeed(ones).toString());
        assertThat(KEY.toString()).doesNotContain(HEX.formatHex(KEY.secret()));
        assertThat(Secp256k1Key.ethereumAddress(KEY.owner())).isEqualTo(KEY.ethereumAddress());
    }
}

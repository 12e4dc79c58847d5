package computer.autonet.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealingTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final ProcessId PROJECT = new ProcessId(Kind.PROJECT, Hash.digest("project"));
    private static final Salt SALT = Salt.of(Hash.digest("salt").toArray());
    private static final byte[] PLAINTEXT = "weights and biases".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @ParameterizedTest
    @DisplayName("MSG-14 HKDF gives the values of RFC 5869, appendix A")
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9, 42,"
                + "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
                + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '', 42,"
                + "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
                + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    })
    void hkdf(String secret, String salt, String info, int size, String key, String out) {
        assertThat(HEX.formatHex(Hkdf.extract(HEX.parseHex(salt), HEX.parseHex(secret))))
                .isEqualTo(key);
        assertThat(HEX.formatHex(Hkdf.derive(HEX.parseHex(secret), HEX.parseHex(salt), HEX.parseHex(info), size)))
                .isEqualTo(out);
    }

    private static byte[] counting(int from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    @Test
    @DisplayName("MSG-14 HKDF gives the long value of RFC 5869, A.2, and refuses impossible sizes")
    void hkdfLong() {
        assertThat(HEX.formatHex(Hkdf.derive(counting(0, 80), counting(0x60, 80), counting(0xb0, 80), 82)))
                .isEqualTo(
                        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                                + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
        for (int size : new int[] {0, -1, 255 * 32 + 1}) {
            assertThatThrownBy(() -> Hkdf.derive(new byte[1], new byte[0], new byte[0], size))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Hkdf.derive(new byte[1], new byte[0], new byte[0], 255 * 32)).hasSize(255 * 32);
    }

    @Test
    @DisplayName("MSG-14 what was sealed opens with its salt, and sealing repeats")
    void roundTrip() {
        for (int size : new int[] {0, 1, 15, 16, 17, 100_000}) {
            byte[] plaintext = counting(size, size);
            byte[] sealed = Sealing.seal(SALT, plaintext);
            assertThat(sealed).hasSize(size + Sealing.OVERHEAD).isEqualTo(Sealing.seal(SALT, plaintext));
            assertThat(((Sealing.Opened.Plaintext) Sealing.open(SALT, sealed)).bytes())
                    .isEqualTo(plaintext);
        }
        byte[] original = PLAINTEXT.clone();
        assertThat(Arrays.copyOf(Sealing.seal(SALT, original), PLAINTEXT.length))
                .isNotEqualTo(PLAINTEXT);
        assertThat(original).isEqualTo(PLAINTEXT);
    }

    @Test
    @DisplayName("MSG-14 another salt, a changed bit or a missing byte gives a refusal with a remedy")
    void refusals() {
        byte[] sealed = Sealing.seal(SALT, PLAINTEXT);
        assertUnopenable(Salt.of(Hash.digest("other").toArray()), sealed);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertUnopenable(SALT, changed);
        }
        for (int length = 0; length < sealed.length; length++) {
            assertUnopenable(SALT, Arrays.copyOf(sealed, length));
        }
        assertUnopenable(SALT, Arrays.copyOf(sealed, sealed.length + 1));
    }

    private static void assertUnopenable(Salt salt, byte[] ciphertext) {
        assertThat(Sealing.open(salt, ciphertext))
                .isInstanceOfSatisfying(
                        Sealing.Opened.Unopenable.class,
                        refusal -> assertThat(refusal.remedy()).isNotBlank());
    }

    @Test
    @DisplayName("MSG-15 a salt repeats for its arguments and differs in each of them")
    void derivedSalts() {
        byte[] secret = Hash.digest("secret").toArray();
        Salt salt = Salt.derive(secret, PROJECT, 3, "solution");
        assertThat(Salt.derive(secret, PROJECT, 3, "solution")).isEqualTo(salt);
        Set<Salt> all = new HashSet<>(Set.of(salt));
        assertThat(all.add(Salt.derive(Hash.digest("other").toArray(), PROJECT, 3, "solution")))
                .isTrue();
        assertThat(all.add(Salt.derive(secret, new ProcessId(Kind.TASK, PROJECT.hash()), 3, "solution")))
                .isTrue();
        assertThat(all.add(Salt.derive(secret, new ProcessId(Kind.PROJECT, Hash.digest("p2")), 3, "solution")))
                .isTrue();
        assertThat(all.add(Salt.derive(secret, PROJECT, 4, "solution"))).isTrue();
        assertThat(all.add(Salt.derive(secret, PROJECT, 3, "truth"))).isTrue();
        assertThatThrownBy(() -> Salt.derive(secret, PROJECT, -1, "truth"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("MSG-14 MSG-15 the bytes stay what they are: a change loses what is sealed on disk")
    void golden() {
        Salt salt = Ed25519Key.ofSeed(Hash.digest("seed").toArray()).salt(PROJECT, 3, "solution");
        assertThat(HEX.formatHex(salt.toArray()))
                .isEqualTo("06cc0bf5a607f94c9efd1785e9cca63216f32225ed43e198e58cccbb237ccb0b");
        assertThat(HEX.formatHex(Sealing.seal(SALT, PLAINTEXT)))
                .isEqualTo("0ff06f54a98192731a986c6edfa964d874665e1920df3dc3daf066253765de4f0b28");
    }

    @Test
    @DisplayName("a salt does not show itself")
    void hidden() {
        assertThat(SALT.toString()).doesNotContain(HEX.formatHex(SALT.toArray(), 0, 4));
        assertThatThrownBy(() -> Salt.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}

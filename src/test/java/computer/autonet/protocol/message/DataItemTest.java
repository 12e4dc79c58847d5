package computer.autonet.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.Secp256k1Key;
import computer.autonet.protocol.crypto.SigningKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataItemTest {
    private static final SigningKey ED = Ed25519Key.ofSeed(Hash.digest("ed").toArray());
    private static final SigningKey ETH = Secp256k1Key.ofSeed(Hash.digest("eth").toArray());
    private static final Optional<Hash> TARGET = Optional.of(Hash.digest("target"));
    private static final Optional<Bytes> ANCHOR =
            Optional.of(Hash.digest("anchor").bytes());
    private static final List<Tag> TAGS = List.of(new Tag("Name", "value"), new Tag("Größe", "10 µm"));
    private static final Bytes DATA = Hash.digest("data").bytes();

    /** Type, signature, owner, flag and target, flag and anchor of an Ed25519 item come before the tag counts. */
    private static final int ED_TAG_COUNT = 2 + 64 + 32 + 33 + 33;

    private static DataItem item(SigningKey key) {
        return DataItem.sign(key, TARGET, ANCHOR, TAGS, DATA);
    }

    private static Flaw flawOf(byte[] raw) {
        assertThat(DataItem.decode(raw)).isInstanceOf(Malformed.class);
        Malformed malformed = (Malformed) DataItem.decode(raw);
        assertThat(malformed.remedy()).isNotBlank();
        return malformed.flaw();
    }

    /** An unsigned Ed25519 item with these tag bytes. */
    private static byte[] withTags(long count, byte[] tags) {
        return ByteBuffer.allocate(2 + 64 + 32 + 2 + 16 + tags.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 2)
                .position(2 + 64 + 32 + 2)
                .putLong(count)
                .putLong(tags.length)
                .put(tags)
                .array();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    @DisplayName("MSG-01 MSG-03 what was signed is what is decoded, for each key")
    void roundTrip() {
        for (SigningKey key : List.of(ED, ETH)) {
            DataItem made = item(key);
            assertThat(DataItem.decode(made.raw().toArray())).isEqualTo(made);
            DataItem read = (DataItem) DataItem.decode(made.raw().toArray());
            assertThat(read.scheme()).isEqualTo(key.scheme());
            assertThat(read.owner()).isEqualTo(key.owner());
            assertThat(read.signer()).isEqualTo(key.identity());
            assertThat(read.target()).isEqualTo(TARGET);
            assertThat(read.anchor()).isEqualTo(ANCHOR);
            assertThat(read.tags()).isEqualTo(TAGS);
            assertThat(read.data()).isEqualTo(DATA);
            assertThat(read.signature()).isEqualTo(made.signature());
            assertThat(read.id()).isEqualTo(Hash.digest(made.signature().toArray()));
            assertThat(read.signatureValid()).isTrue();
        }
    }

    @Test
    @DisplayName("MSG-01 target, anchor, tags and data may each be absent")
    void absentFields() {
        DataItem made = DataItem.sign(ED, Optional.empty(), Optional.empty(), List.of(), Bytes.EMPTY);
        assertThat(made.raw().size()).isEqualTo(2 + 64 + 32 + 1 + 1 + 16);
        assertThat(DataItem.decode(made.raw().toArray())).isEqualTo(made);
        assertThat(made.signatureValid()).isTrue();
    }

    @Test
    @DisplayName("MSG-06 an item is refused one byte beyond the reader's limit and not before")
    void size() {
        byte[] raw = item(ED).raw().toArray();
        assertThat(DataItem.decode(raw, raw.length)).isInstanceOf(DataItem.class);
        assertThat(((Malformed) DataItem.decode(raw, raw.length - 1)).flaw()).isEqualTo(Flaw.ITEM_TOO_LARGE);
        assertThat(flawOf(new byte[DataItem.DEFAULT_MAX_SIZE + 1])).isEqualTo(Flaw.ITEM_TOO_LARGE);
    }

    @Test
    @DisplayName("MSG-07 every cut before the data is refused as truncated")
    void truncated() {
        byte[] raw = item(ED).raw().toArray();
        int beforeData = raw.length - DATA.size();
        for (int length = 0; length < beforeData; length++) {
            assertThat(flawOf(Arrays.copyOf(raw, length)))
                    .as("%d bytes", length)
                    .isEqualTo(Flaw.ITEM_TRUNCATED);
        }
        DataItem shorter = (DataItem) DataItem.decode(Arrays.copyOf(raw, raw.length - 1));
        assertThat(shorter.signatureValid()).isFalse();
    }

    @Test
    @DisplayName("MSG-07 flags other than 0 and 1 are refused")
    void flags() {
        for (int at : List.of(98, 98 + 33)) {
            for (int flag : List.of(2, 0x80, 0xff)) {
                byte[] raw = item(ED).raw().toArray();
                raw[at] = (byte) flag;
                assertThat(flawOf(raw)).isEqualTo(Flaw.FLAG_INVALID);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "4", "5", "256", "258", "65535"})
    @DisplayName("MSG-07 signature types other than 1, 2 and 3 are refused")
    void signatureTypes(int type) {
        byte[] raw = item(ED).raw().toArray();
        raw[0] = (byte) type;
        raw[1] = (byte) (type >> 8);
        assertThat(flawOf(raw)).isEqualTo(Flaw.SIGNATURE_TYPE_UNKNOWN);
    }

    @Test
    @DisplayName("MSG-05 counts beyond the limits are refused, those that overflow too")
    void counts() {
        for (long count : new long[] {129, Integer.MAX_VALUE + 3L, Long.MAX_VALUE, -1}) {
            byte[] raw = item(ED).raw().toArray();
            ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).putLong(ED_TAG_COUNT, count);
            assertThat(flawOf(raw)).isEqualTo(Flaw.TAGS_TOO_MANY);
        }
        for (long size : new long[] {4097, 1L << 32, Long.MAX_VALUE, -1}) {
            byte[] raw = item(ED).raw().toArray();
            ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).putLong(ED_TAG_COUNT + 8, size);
            assertThat(flawOf(raw)).isEqualTo(Flaw.TAGS_TOO_LARGE);
        }
        byte[] raw = item(ED).raw().toArray();
        raw[ED_TAG_COUNT]++;
        assertThat(flawOf(raw)).isEqualTo(Flaw.TAG_COUNT_WRONG);
    }

    @ParameterizedTest
    @DisplayName("MSG-04 tags in any other Avro form are refused")
    @CsvSource({
        "1, 0202610262, without an end mark",
        "1, 0102026102620000, with a negative count",
        "1, 010c0261026200, with a negative count and the block's size",
        "1, 820002610262 00, with an over-long count",
        "1, 02820061026200, with an over-long length",
        "1, 0201610262 00, with a negative length",
        "2, 0202610262 0202610262 00, in two blocks",
        "1, 020261026200 00, with bytes behind the end mark",
        "1, 0202610262 8000, with an over-long end mark",
        "0, 00, none as an empty block",
        "1, 02ffffffff0f610262 00, with a length beyond every limit",
        "1, 02, without their first tag",
        "1, 02026104, cut in a value",
    })
    void otherForms(long count, String hex, String form) {
        assertThat(flawOf(withTags(count, hex(hex.replace(" ", ""))))).as(form).isEqualTo(Flaw.TAGS_NOT_CANONICAL);
    }

    @Test
    @DisplayName("MSG-04 the accepted form of the same tag is accepted")
    void acceptedForm() {
        assertThat(((DataItem) DataItem.decode(withTags(1, hex("020261026200")))).tags())
                .containsExactly(new Tag("a", "b"));
    }

    @Test
    @DisplayName("MSG-05 empty and non-UTF-8 names and values are refused")
    void tagContent() {
        assertThat(flawOf(withTags(1, hex("0200026200")))).isEqualTo(Flaw.TAG_NAME_SIZE);
        assertThat(flawOf(withTags(1, hex("0202610000")))).isEqualTo(Flaw.TAG_VALUE_SIZE);
        assertThat(flawOf(withTags(1, hex("0202ff026200")))).isEqualTo(Flaw.TAG_NOT_UTF8);
        assertThat(flawOf(withTags(1, hex("02026104c08000"))))
                .as("over-long NUL")
                .isEqualTo(Flaw.TAG_NOT_UTF8);
        assertThat(flawOf(withTags(1, hex("02026106eda08000")))).as("surrogate").isEqualTo(Flaw.TAG_NOT_UTF8);
    }

    @Test
    @DisplayName("MSG-05 signing accepts each limit and refuses one more")
    void limitsWhenSigning() {
        assertThat(signedWith(Collections.nCopies(128, new Tag("a", "b"))).tags())
                .hasSize(128);
        assertRefused(Collections.nCopies(129, new Tag("a", "b")), "TAGS_TOO_MANY");
        assertThat(signedWith(List.of(new Tag("n".repeat(1024), "v"))).signatureValid())
                .isTrue();
        assertRefused(List.of(new Tag("n".repeat(1025), "v")), "TAG_NAME_SIZE");
        assertThat(signedWith(List.of(new Tag("n", "v".repeat(3072)))).signatureValid())
                .isTrue();
        assertRefused(List.of(new Tag("n", "v".repeat(3073))), "TAG_VALUE_SIZE");
        assertRefused(List.of(new Tag("", "v")), "TAG_NAME_SIZE");
        assertRefused(List.of(new Tag("n", "v".repeat(3000)), new Tag("m", "v".repeat(1088))), "TAGS_TOO_LARGE");
        assertThat(AvroTags.encode(List.of(new Tag("n", "v".repeat(3000)), new Tag("m", "v".repeat(1086)))))
                .hasSize(AvroTags.MAX_BYTES);
        assertRefused(List.of(new Tag("n", "\ud800")), "surrogate");
        assertThatThrownBy(() -> DataItem.sign(ED, TARGET, Optional.of(Bytes.EMPTY), TAGS, DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
    }

    private static DataItem signedWith(List<Tag> tags) {
        DataItem item = DataItem.sign(ED, TARGET, ANCHOR, tags, DATA);
        assertThat(DataItem.decode(item.raw().toArray())).isEqualTo(item);
        return item;
    }

    private static void assertRefused(List<Tag> tags, String reason) {
        assertThatThrownBy(() -> DataItem.sign(ED, TARGET, ANCHOR, tags, DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    @DisplayName("MSG-02 a change of any single bit makes the item malformed or its signature invalid")
    void everyBitIsSigned() {
        byte[] raw = item(ED).raw().toArray();
        for (int bit = 0; bit < 8 * raw.length; bit++) {
            byte[] changed = raw.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(DataItem.decode(changed) instanceof DataItem item && item.signatureValid())
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    @DisplayName("MSG-08 random mutations and cuts never throw, and what decodes has one byte form")
    void fuzz() {
        byte[][] seeds = {
            item(ED).raw().toArray(),
            item(ETH).raw().toArray(),
            DataItem.sign(ED, Optional.empty(), Optional.empty(), List.of(), Bytes.EMPTY)
                    .raw()
                    .toArray()
        };
        int decoded = 0;
        int refused = 0;
        for (long seed = 0; seed < 60_000; seed++) {
            var random = new SplittableRandom(seed);
            byte[] raw = mutated(seeds[random.nextInt(seeds.length)], random);
            DecodedItem outcome;
            try {
                outcome = DataItem.decode(raw, 4096);
                Message.read(raw);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " made the decoder throw", e);
            }
            if (outcome instanceof DataItem item) {
                decoded++;
                assertThat(encodedAgain(item)).as("seed %d", seed).isEqualTo(raw);
            } else {
                refused++;
            }
        }
        assertThat(decoded).isGreaterThan(5_000);
        assertThat(refused).isGreaterThan(5_000);
    }

    private static byte[] mutated(byte[] source, SplittableRandom random) {
        byte[] raw = source.clone();
        int structure = Math.max(0, raw.length - 110);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextBoolean()
                    ? random.nextInt(raw.length)
                    : structure + random.nextInt(raw.length - structure);
            switch (random.nextInt(4)) {
                case 0 -> raw[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> raw[at] = (byte) random.nextInt(256);
                case 2 -> raw = Arrays.copyOf(raw, Math.max(1, random.nextInt(raw.length + 1)));
                default -> {
                    var out = new ByteArrayOutputStream();
                    out.write(raw, 0, at);
                    out.write(random.nextInt(256));
                    out.write(raw, at, raw.length - at);
                    raw = out.toByteArray();
                }
            }
            structure = Math.min(structure, raw.length - 1);
        }
        return raw;
    }

    /** Written here a second time, so that a lenient decoder cannot hide behind a lenient encoder. */
    private static byte[] encodedAgain(DataItem item) {
        byte[] tags = AvroTags.encode(item.tags());
        var out = new ByteArrayOutputStream();
        out.write(item.scheme().type());
        out.write(0);
        out.writeBytes(item.signature().toArray());
        out.writeBytes(item.owner().toArray());
        out.write(item.target().isPresent() ? 1 : 0);
        item.target().ifPresent(target -> out.writeBytes(target.toArray()));
        out.write(item.anchor().isPresent() ? 1 : 0);
        item.anchor().ifPresent(anchor -> out.writeBytes(anchor.toArray()));
        out.writeBytes(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(item.tags().size())
                .putLong(tags.length)
                .array());
        out.writeBytes(tags);
        out.writeBytes(item.data().toArray());
        return out.toByteArray();
    }
}

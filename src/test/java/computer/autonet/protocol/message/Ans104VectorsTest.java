package computer.autonet.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.SignatureScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Items of third parties and of another implementation, read from the folder of vectors that stands beside the project. */
class Ans104VectorsTest {
    private static final Path FILE = Path.of("../shared/vectors/ans104.json");
    private static final HexFormat HEX = HexFormat.of();

    private static JsonNode vectors;

    @BeforeAll
    static void load() throws IOException {
        assumeTrue(Files.exists(FILE), "skipped: there are no vectors at " + FILE);
        vectors = new ObjectMapper().readTree(FILE.toFile());
    }

    private static List<Tag> tags(JsonNode pairs) {
        List<Tag> tags = new ArrayList<>();
        pairs.forEach(
                pair -> tags.add(new Tag(pair.get(0).textValue(), pair.get(1).textValue())));
        return tags;
    }

    private static byte[] base64(JsonNode text) {
        return Base64.getUrlDecoder().decode(text.textValue());
    }

    private static DataItem decoded(byte[] raw) {
        assertThat(DataItem.decode(raw)).isInstanceOf(DataItem.class);
        return (DataItem) DataItem.decode(raw);
    }

    @Test
    @DisplayName("MSG-02 the deep hash of blobs and lists is Arweave's")
    void deepHash() {
        assertThat(vectors.get("deepHash")).isNotEmpty();
        for (JsonNode vector : vectors.get("deepHash")) {
            byte[] hash;
            if (vector.has("in_list")) {
                List<byte[]> blobs = new ArrayList<>();
                vector.get("in_list").forEach(hex -> blobs.add(HEX.parseHex(hex.textValue())));
                hash = DeepHash.list(blobs);
            } else {
                hash = DeepHash.blob(HEX.parseHex(vector.get("in_hex").textValue()));
            }
            assertThat(HEX.formatHex(hash)).isEqualTo(vector.get("out").textValue());
        }
    }

    @Test
    @DisplayName("MSG-04 tags have the vectors' Avro bytes both ways")
    void avroTags() throws MalformedException {
        assertThat(vectors.get("avroTags")).isNotEmpty();
        for (JsonNode vector : vectors.get("avroTags")) {
            List<Tag> tags = tags(vector.get("tags"));
            assertThat(HEX.formatHex(AvroTags.encode(tags)))
                    .isEqualTo(vector.get("hex").textValue());
            assertThat(AvroTags.decode(HEX.parseHex(vector.get("hex").textValue())))
                    .isEqualTo(tags);
        }
    }

    @Test
    @DisplayName("MSG-01 MSG-02 MSG-10 an item of the live network decodes and verifies")
    void realNetwork() {
        assertThat(vectors.get("real_network")).isNotEmpty();
        for (JsonNode vector : vectors.get("real_network")) {
            DataItem item = decoded(base64(vector.get("raw_b64url")));
            assertThat(item.scheme().type())
                    .isEqualTo(vector.get("signatureType").intValue());
            assertThat(item.id().toArray()).isEqualTo(base64(vector.get("id")));
            assertThat(item.signer().address().toArray()).isEqualTo(base64(vector.get("ownerAddress")));
            assertThat(item.target().map(Hash::toArray).orElse(new byte[0])).isEqualTo(base64(vector.get("target")));
            assertThat(item.anchor().map(Bytes::toArray).orElse(new byte[0])).isEqualTo(base64(vector.get("anchor")));
            assertThat(item.tags()).isEqualTo(tags(vector.get("tags")));
            assertThat(item.data().toArray()).isEqualTo(base64(vector.get("data_b64url")));
            assertThat(item.signingDigest().toHex())
                    .isEqualTo(vector.get("signing_digest_hex").textValue());
            assertThat(item.signatureValid())
                    .isEqualTo(vector.get("valid").booleanValue())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("MSG-02 the signature does not hold for the digest that the standard's text describes")
    void literalText() {
        for (JsonNode vector : vectors.get("real_network")) {
            DataItem item = decoded(base64(vector.get("raw_b64url")));
            byte[] withoutType = DeepHash.list(List.of(
                    DeepHash.ascii("dataitem"),
                    DeepHash.ascii("1"),
                    item.owner().toArray(),
                    new byte[0],
                    item.anchor().orElseThrow().toArray(),
                    AvroTags.encode(item.tags()),
                    item.data().toArray()));
            assertThat(item.scheme()
                            .verify(
                                    item.owner().toArray(),
                                    withoutType,
                                    item.signature().toArray()))
                    .isEqualTo(vector.get("valid_under_literal_spec_text").booleanValue())
                    .isFalse();
        }
    }

    @Test
    @DisplayName("MSG-02 MSG-11 signing with the vectors' seeds gives the vectors' bytes")
    void generated() {
        assertThat(vectors.get("generated_ed25519")).isNotEmpty();
        for (JsonNode vector : vectors.get("generated_ed25519")) {
            byte[] target = base64(vector.get("target"));
            byte[] anchor = base64(vector.get("anchor"));
            DataItem item = DataItem.sign(
                    Ed25519Key.ofSeed(HEX.parseHex(vector.get("seed").textValue())),
                    target.length == 0 ? Optional.empty() : Optional.of(Hash.of(target)),
                    anchor.length == 0 ? Optional.empty() : Optional.of(Bytes.of(anchor)),
                    tags(vector.get("tags")),
                    Bytes.ofHex(vector.get("data_hex").textValue()));
            assertThat(item.signingDigest().toHex())
                    .isEqualTo(vector.get("signing_digest_hex").textValue());
            assertThat(item.raw().toHex()).isEqualTo(vector.get("raw_hex").textValue());
            assertThat(item.id().toArray()).isEqualTo(base64(vector.get("id")));
            assertThat(decoded(item.raw().toArray()).signatureValid()).isTrue();
        }
    }

    @Test
    @DisplayName("MSG-10 a change in any byte of a live RSA item is noticed")
    void malleated() {
        byte[] raw = base64(vectors.get("real_network").get(0).get("raw_b64url"));
        assertThat(decoded(raw).scheme()).isEqualTo(SignatureScheme.ARWEAVE);
        for (int i = 0; i < raw.length; i += 7) {
            byte[] changed = raw.clone();
            changed[i] ^= 0x10;
            assertThat(DataItem.decode(changed) instanceof DataItem item && item.signatureValid())
                    .as("byte %d", i)
                    .isFalse();
        }
    }
}

package computer.autonet.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Trees of RFC 6962 against the values that Certificate Transparency publishes. */
class MerkleTreeTest {
    private static final Path VECTORS = Path.of("../shared/vectors/rfc6962.json");

    @Test
    void rootsAndPathsAreThePublishedOnes() throws IOException {
        Assumptions.assumeTrue(Files.exists(VECTORS), "left out: the shared vectors are absent");
        JsonNode json = new ObjectMapper().readTree(VECTORS.toFile());
        var leaves = new ArrayList<Hash>();
        assertThat(MerkleTree.of(leaves).root().toHex())
                .isEqualTo(json.get("roots").get(0).asText());
        for (JsonNode input : json.get("inputs_hex")) {
            leaves.add(MerkleTree.leaf(HexFormat.of().parseHex(input.asText())));
            assertThat(MerkleTree.of(leaves).root().toHex())
                    .isEqualTo(json.get("roots").get(leaves.size()).asText());
        }
        json.get("inclusion").fields().forEachRemaining(published -> {
            String[] place = published.getKey().split("/", 2);
            MerkleTree tree = MerkleTree.of(leaves.subList(0, Integer.parseInt(place[1])));
            assertThat(tree.path(Integer.parseInt(place[0])).stream().map(Hash::toHex))
                    .as(published.getKey())
                    .containsExactlyElementsOf(new ObjectMapper()
                            .convertValue(
                                    published.getValue(),
                                    new com.fasterxml.jackson.core.type.TypeReference<List<String>>() {}));
        });
    }

    @Test
    void aLeafThatIsNotThereHasNoPath() {
        MerkleTree one = MerkleTree.of(List.of(MerkleTree.leaf(new byte[0])));
        assertThat(one.path(0)).isEmpty();
        assertThatThrownBy(() -> one.path(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> MerkleTree.of(List.of()).path(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}

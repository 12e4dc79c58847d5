package computer.autonet.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private static final SigningKey KEY = Ed25519Key.ofSeed(Hash.digest("key").toArray());
    private static final Hash NETWORK = Hash.digest("network");
    private static final ProcessId TARGET =
            ProcessId.owned(Kind.ACCOUNT, NETWORK, KEY.identity().address());
    private static final Bytes BODY = Bytes.of(new byte[] {8, 1});

    private static Message sample() {
        return Message.sign(KEY, NETWORK, TARGET, "Transfer", 7, 1_790_000_000_000L, BODY, Optional.empty());
    }

    private static List<Tag> sampleTags() {
        return new ArrayList<>(sample().item().tags());
    }

    private static ReadMessage readWith(List<Tag> tags) {
        return Message.read(DataItem.sign(KEY, Optional.of(TARGET.hash()), Optional.empty(), tags, BODY));
    }

    private static List<Tag> replaced(String name, String value) {
        return sampleTags().stream()
                .map(tag -> tag.name().equals(name) ? new Tag(name, value) : tag)
                .toList();
    }

    private static Flaw flawOf(ReadMessage outcome) {
        assertThat(outcome).isInstanceOf(Malformed.class);
        return ((Malformed) outcome).flaw();
    }

    @Test
    @DisplayName("MSG-20 MSG-21 MSG-22 MSG-23 MSG-24 MSG-25 a message is read as it was signed")
    void roundTrip() {
        Message made = sample();
        Message read = (Message) Message.read(made.raw().toArray());
        assertThat(read).isEqualTo(made);
        assertThat(read.sender()).isEqualTo(KEY.identity());
        assertThat(read.target()).isEqualTo(TARGET);
        assertThat(read.network()).isEqualTo(NETWORK);
        assertThat(read.action()).isEqualTo("Transfer");
        assertThat(read.nonce()).isEqualTo(7);
        assertThat(read.expiresMillis()).isEqualTo(1_790_000_000_000L);
        assertThat(read.body()).isEqualTo(BODY);
        assertThat(read.anchor()).isEmpty();
        assertThat(read.id()).isEqualTo(made.item().id());
        assertThat(read.signatureValid()).isTrue();
    }

    @Test
    @DisplayName("MSG-20 the tags are these, in this order")
    void tags() {
        assertThat(sampleTags())
                .containsExactly(
                        new Tag("Data-Protocol", "autonet"),
                        new Tag("Variant", "1"),
                        new Tag("Kind", "account"),
                        new Tag("Action", "Transfer"),
                        new Tag("Nonce", "7"),
                        new Tag("Expires", "1790000000000"),
                        new Tag("Network", NETWORK.toHex()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Data-Protocol", "Variant", "Kind", "Action", "Nonce", "Expires", "Network"})
    @DisplayName("MSG-26 a tag that is missing or there twice is refused by its name")
    void missingAndDuplicate(String name) {
        List<Tag> without =
                sampleTags().stream().filter(tag -> !tag.name().equals(name)).toList();
        assertThat(flawOf(readWith(without))).isEqualTo(Flaw.TAG_MISSING);
        assertThat(((Malformed) readWith(without)).found()).contains(name);
        List<Tag> twice = sampleTags();
        twice.addAll(
                sampleTags().stream().filter(tag -> tag.name().equals(name)).toList());
        assertThat(flawOf(readWith(twice))).isEqualTo(Flaw.TAG_DUPLICATE);
        assertThat(((Malformed) readWith(twice)).found()).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "Data-Protocol, ao, PROTOCOL_UNKNOWN",
        "Variant, 2, PROTOCOL_UNKNOWN",
        "Kind, Account, KIND_UNKNOWN",
        "Kind, wallet, KIND_UNKNOWN",
        "Action, 7up, ACTION_INVALID",
        "Action, two words, ACTION_INVALID",
        "Nonce, -1, NUMBER_INVALID",
        "Nonce, +1, NUMBER_INVALID",
        "Nonce, 01, NUMBER_INVALID",
        "Nonce, 1e3, NUMBER_INVALID",
        "Nonce, ٣, NUMBER_INVALID",
        "Nonce, 9223372036854775808, NUMBER_INVALID",
        "Expires, 18446744073709551615, NUMBER_INVALID",
        "Expires, soon, NUMBER_INVALID",
        "Network, abcd, NETWORK_INVALID",
    })
    @DisplayName("MSG-20 MSG-21 MSG-22 MSG-23 MSG-24 MSG-25 a tag that cannot be read is refused with its reason")
    void unparsable(String name, String value, Flaw flaw) {
        assertThat(flawOf(readWith(replaced(name, value)))).isEqualTo(flaw);
    }

    @Test
    @DisplayName("each reason of a refusal stands in the specification with its remedy")
    void reasonsAreSpecified() throws IOException {
        String page = Files.readString(Path.of("docs/spec/message.md"));
        for (Flaw flaw : Flaw.values()) {
            assertThat(page).contains("| `" + flaw + "` | MSG-");
        }
    }

    @Test
    @DisplayName("MSG-25 a network in capitals is refused: one network has one spelling")
    void capitals() {
        String capitals = NETWORK.toHex().toUpperCase(java.util.Locale.ROOT);
        assertThat(flawOf(readWith(replaced("Network", capitals)))).isEqualTo(Flaw.NETWORK_INVALID);
    }

    @Test
    @DisplayName("MSG-23 the largest nonce is accepted")
    void largestNonce() {
        assertThat(((Message) readWith(replaced("Nonce", "9223372036854775807"))).nonce())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("MSG-21 an item without a target is refused")
    void noTarget() {
        DataItem item = DataItem.sign(KEY, Optional.empty(), Optional.empty(), sampleTags(), BODY);
        assertThat(flawOf(Message.read(item))).isEqualTo(Flaw.TARGET_MISSING);
    }

    @Test
    @DisplayName("MSG-26 unknown tags are allowed and signed")
    void unknownTags() {
        List<Tag> more = sampleTags();
        more.add(0, new Tag("App-Name", "test"));
        more.add(new Tag("App-Name", "again"));
        Message read = (Message) readWith(more);
        assertThat(read.signatureValid()).isTrue();
        assertThat(read.action()).isEqualTo("Transfer");
    }

    @Test
    @DisplayName("MSG-02 a message to one process cannot be turned to another kind or process")
    void boundToItsTarget() {
        byte[] raw = sample().raw().toArray();
        raw[2 + 64 + 32 + 1] ^= 1;
        Message turned = (Message) Message.read(raw);
        assertThat(turned.target()).isNotEqualTo(TARGET);
        assertThat(turned.signatureValid()).isFalse();
    }

    @Test
    @DisplayName("MSG-22 MSG-23 signing what cannot be read is refused with the remedy")
    void signingBadValues() {
        assertThatThrownBy(() -> Message.sign(KEY, NETWORK, TARGET, "no name", 1, 1, BODY, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ACTION_INVALID");
        assertThatThrownBy(() -> Message.sign(KEY, NETWORK, TARGET, "Transfer", -1, 1, BODY, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUMBER_INVALID");
    }
}

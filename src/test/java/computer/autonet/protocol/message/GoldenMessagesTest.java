package computer.autonet.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.RsaKey;
import computer.autonet.protocol.crypto.Secp256k1Key;
import computer.autonet.protocol.crypto.SigningKey;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The same message under a key of each type, pinned by its id. The JavaScript library arbundles verifies all three and
 * reads the same ids; ethers makes the same secp256k1 signature.
 */
class GoldenMessagesTest {
    private static final Hash NETWORK = Hash.digest("network");
    private static final SigningKey ED = Ed25519Key.ofSeed(Hash.digest("ed").toArray());

    private static Message signedBy(SigningKey key) {
        ProcessId target = ProcessId.owned(Kind.ACCOUNT, NETWORK, ED.identity().address());
        Optional<Bytes> anchor = Optional.of(NETWORK.bytes());
        Message message =
                Message.sign(key, NETWORK, target, "Transfer", 7, 1_790_000_000_000L, Bytes.ofHex("0801"), anchor);
        assertThat(message.signatureValid()).isTrue();
        return message;
    }

    @Test
    @DisplayName("MSG-01 MSG-02 MSG-11 the Ed25519 item keeps its bytes")
    void ed25519() {
        assertThat(signedBy(ED).id()).hasToString("847b78bacbb44063ac119c5f83ee112e26a814196e5fc9cd272d3180741387b9");
    }

    @Test
    @DisplayName("MSG-01 MSG-02 MSG-12 the secp256k1 item keeps its bytes")
    void secp256k1() {
        assertThat(signedBy(Secp256k1Key.ofSeed(Hash.digest("eth").toArray())).id())
                .hasToString("8746503a1a50e2be053d0feb8ed9c0bb1a1a8cbc7692a94a2713b028334ae797");
    }

    @Test
    @DisplayName("MSG-01 MSG-02 MSG-10 the RSA item keeps its bytes, and a seed its key")
    void rsa() {
        SigningKey key = RsaKey.ofSeed(Hash.digest("rsa").toArray());
        assertThat(key.identity()).hasToString("923cddd4706b356009cbee9fe197ebc99aedaf6ab8f8b4770bda7ac0c4cc697d");
        assertThat(signedBy(key).id()).hasToString("4adaf3db76012e876df161b0de7621e40fc0636e9663a7885b3fe0d5b0ed9976");
    }
}

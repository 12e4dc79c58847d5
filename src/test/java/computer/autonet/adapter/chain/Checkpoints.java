package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.adapter.chain.contract.AnchorBridge;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.MerkleTree;
import computer.autonet.port.ChainException;
import computer.autonet.protocol.crypto.Secp256k1Key;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import org.web3j.utils.Numeric;

/** Checkpoints of a network as its committee certifies them, with every hash, signature and proof made in Java. */
record Checkpoints(AnchorBridge bridge, Committee seated, List<Secp256k1Key> signers) {
    /** The next one, certified by all but the last signer; with one signature alone it is refused. */
    BigInteger certify(Hash withdrawalRoot) throws Exception {
        BigInteger epoch = bridge.lastEpoch().send().add(BigInteger.ONE);
        byte[] parent = bridge.checkpointAt(epoch.subtract(BigInteger.ONE)).send();
        Hash batch = Commitment.tagged("autonet/extent/1")
                .with(7)
                .with(Hash.digest("batch"))
                .hash();
        var checkpoint = new AnchorBridge.Checkpoint(
                epoch,
                parent,
                Hash.digest("log" + epoch).toArray(),
                Hash.digest("state" + epoch).toArray(),
                withdrawalRoot.toArray(),
                batch.toArray());
        Hash id = Commitment.tagged("autonet/checkpoint/1")
                .with(AnvilSettings.LOCAL_CHAIN)
                .with(Numeric.toBigInt(bridge.getContractAddress()))
                .with(epoch)
                .with(Hash.of(parent))
                .with(Hash.of(checkpoint.logRoot))
                .with(Hash.of(checkpoint.stateRoot))
                .with(withdrawalRoot)
                .with(batch)
                .hash();
        assertThat(Hash.of(bridge.checkpointId(checkpoint).send())).isEqualTo(id);
        assertThatThrownBy(() -> bridge.submit(checkpoint, certificate(1, id)).send())
                .as("one signature anchors nothing")
                .isInstanceOf(ChainException.class);
        bridge.submit(checkpoint, certificate(signers.size() - 1, id)).send();
        return epoch;
    }

    private AnchorBridge.Certificate certificate(int signatures, Hash id) {
        return seated.anchorCertificate(LocalChain.signatures(signers.subList(0, signatures), id.toArray()));
    }

    AnchorBridge.Withdrawal withdrawal(long index, String recipient, String asset, BigInteger amount) {
        return new AnchorBridge.Withdrawal(
                BigInteger.valueOf(index),
                BigInteger.valueOf(AnvilSettings.LOCAL_CHAIN),
                bridge.getContractAddress(),
                recipient,
                asset,
                amount);
    }

    static MerkleTree tree(List<AnchorBridge.Withdrawal> withdrawals) {
        return MerkleTree.of(withdrawals.stream().map(Checkpoints::leaf).toList());
    }

    /** The siblings from a leaf to the root, as the bridge takes them. */
    static List<byte[]> path(MerkleTree tree, int leaf) {
        return tree.path(leaf).stream().map(Hash::toArray).toList();
    }

    private static Hash leaf(AnchorBridge.Withdrawal w) {
        var fields = new ByteArrayOutputStream();
        fields.writeBytes(word(w.index));
        fields.writeBytes(word(w.chainId));
        fields.writeBytes(word(Numeric.toBigInt(w.bridge)));
        fields.writeBytes(word(Numeric.toBigInt(w.recipient)));
        fields.writeBytes(word(Numeric.toBigInt(w.asset)));
        fields.writeBytes(word(w.amount));
        return MerkleTree.leaf(fields.toByteArray());
    }

    private static byte[] word(BigInteger value) {
        return Numeric.toBytesPadded(value, 32);
    }
}

package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.adapter.chain.contract.ATNToken;
import computer.autonet.adapter.chain.contract.AnchorBridge;
import computer.autonet.adapter.chain.contract.DisputeManager;
import computer.autonet.adapter.chain.contract.ModelShardRegistry;
import computer.autonet.adapter.chain.contract.ParticipantStaking;
import computer.autonet.base.Hash;
import computer.autonet.base.MerkleTree;
import computer.autonet.port.ChainException;
import computer.autonet.protocol.crypto.Secp256k1Key;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.tx.gas.StaticGasProvider;
import org.web3j.utils.Numeric;

/** The deployed contracts, driven from Java alone: hashes, signatures and proofs made here hold there. */
class ContractsOnAnvilTest {
    private static final StaticGasProvider GAS = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);
    private static final Hash IDENTITY = Hash.digest("an account of the network");
    private static final List<Secp256k1Key> SIGNERS = LocalChain.keys("signer", 4);
    private static final List<Secp256k1Key> REFEREES = LocalChain.keys("referee", 3);
    private static final Committee SEATED = LocalChain.committee(SIGNERS, LocalChain.ETHER);

    @TempDir
    static Path folder;

    private static Anvil anvil;
    private static ChainConnection chain;
    private static TransactionPipeline pipeline;
    private static PipelinedTransactions sender;
    private static ContractAddresses at;
    private static ATNToken token;
    private static AnchorBridge bridge;

    @BeforeAll
    static void deploy() {
        anvil = LocalChain.start(folder.resolve("chain"));
        Credentials deployer = LocalChain.rich(anvil, "deployer");
        chain = ChainConnection.open(anvil.rpc(), AnvilSettings.LOCAL_CHAIN, LocalChain.TIMEOUT);
        pipeline =
                TransactionPipeline.open(chain, deployer, TransactionPipeline.Settings.LOCAL, folder.resolve("outbox"));
        sender = PipelinedTransactions.over(chain, pipeline);
        at = Deployment.deploy(chain, sender, terms(deployer.getAddress()));
        token = ATNToken.load(at.token(), chain.web3j(), sender, GAS);
        bridge = AnchorBridge.load(at.bridge(), chain.web3j(), sender, GAS);
    }

    @AfterAll
    static void close() {
        if (pipeline != null) {
            pipeline.close();
            chain.close();
        }
        if (anvil != null) {
            anvil.close();
        }
    }

    private static DeploymentTerms terms(String holder) {
        return new DeploymentTerms(
                Hash.digest("constitution"),
                Map.of(holder, LocalChain.ETHER.multiply(BigInteger.valueOf(1_000_000))),
                LocalChain.ETHER.multiply(BigInteger.valueOf(2_000_000)),
                BigInteger.ONE,
                SEATED,
                LocalChain.committee(REFEREES, BigInteger.ONE),
                Hash.digest("state"),
                Hash.digest("log"),
                60);
    }

    @Test
    void everyContractBelongsToTheTimelock() throws Exception {
        assertThat(bridge.owner().send()).isEqualTo(at.timelock());
        assertThat(DisputeManager.load(at.disputes(), chain.web3j(), sender, GAS)
                        .owner()
                        .send())
                .isEqualTo(at.timelock());
        ParticipantStaking staking = ParticipantStaking.load(at.staking(), chain.web3j(), sender, GAS);
        assertThat(staking.owner().send()).isEqualTo(at.timelock());
        assertThat(staking.treasury().send()).isEqualTo(at.timelock());
        assertThat(staking.freezer().send()).isEqualTo(at.disputes());
        assertThatThrownBy(() -> bridge.setDisputes(at.token()).send())
                .isInstanceOfSatisfying(
                        ChainException.class, e -> assertThat(e.problem()).isEqualTo(ChainException.Problem.REVERTED));
    }

    @Test
    void addressesSurviveTheirFile() {
        Path file = folder.resolve("addresses.json");
        at.write(file);
        assertThat(ContractAddresses.read(file)).isEqualTo(at);
    }

    @Test
    void theCommitteeHashesAlikeOnBothSides() throws Exception {
        assertThat(Hash.of(bridge.committee().send())).isEqualTo(SEATED.hash());
    }

    @Test
    void aWithdrawalIsPaidByAProofMadeInJavaOnce() throws Exception {
        BigInteger amount = LocalChain.ETHER.multiply(BigInteger.TEN);
        token.approve(at.bridge(), amount).send();
        bridge.deposit(at.token(), amount, IDENTITY.toArray()).send();
        var checkpoints = new Checkpoints(bridge, SEATED, SIGNERS);
        var withdrawals = new ArrayList<AnchorBridge.Withdrawal>();
        for (int i = 0; i < 5; i++) {
            String recipient = LocalChain.address(LocalChain.key("recipient" + i));
            withdrawals.add(
                    checkpoints.withdrawal(i, recipient, at.token(), LocalChain.ETHER.add(BigInteger.valueOf(i))));
        }
        MerkleTree tree = Checkpoints.tree(withdrawals);
        BigInteger epoch = checkpoints.certify(tree.root());
        BigInteger size = BigInteger.valueOf(5);
        anvil.passTime(bridge.challengeSeconds().send().longValueExact() + 1);
        bridge.finalize(epoch).send();
        // Each leaf of a tree that is not full has a path of its own length.
        for (int i = 0; i < 5; i++) {
            AnchorBridge.Withdrawal one = withdrawals.get(i);
            List<byte[]> path = Checkpoints.path(tree, i);
            bridge.withdraw(epoch, one, size, path).send();
            assertThat(token.balanceOf(one.recipient).send()).isEqualTo(one.amount);
            assertThatThrownBy(() -> bridge.withdraw(epoch, one, size, path).send())
                    .as("once")
                    .isInstanceOf(ChainException.class);
        }
    }

    @Test
    void anAuditOfAShardIsAnsweredByProofsMadeInJava() throws Exception {
        ModelShardRegistry shards = ModelShardRegistry.load(at.shards(), chain.web3j(), sender, GAS);
        int shard = 2;
        var chunksOf = new ArrayList<List<byte[]>>();
        var trees = new ArrayList<MerkleTree>();
        var leaves = new ArrayList<Hash>();
        for (int i = 0; i < 5; i++) {
            List<byte[]> chunks = chunks(i, 3 + i);
            MerkleTree tree =
                    MerkleTree.of(chunks.stream().map(MerkleTree::leaf).toList());
            BigInteger count = BigInteger.valueOf(chunks.size());
            var leaf = new ByteArrayOutputStream();
            leaf.writeBytes(tree.root().toArray());
            leaf.writeBytes(Numeric.toBytesPadded(count, 32));
            leaves.add(MerkleTree.leaf(leaf.toByteArray()));
            assertThat(Hash.of(shards.shardLeaf(tree.root().toArray(), count).send()))
                    .isEqualTo(leaves.get(i));
            chunksOf.add(chunks);
            trees.add(tree);
        }
        MerkleTree model = MerkleTree.of(leaves);
        BigInteger k = BigInteger.TWO;
        BigInteger n = BigInteger.valueOf(5);
        shards.register(model.root().toArray(), k, n).send();
        byte[] id =
                shards.modelId(model.root().toArray(), k, n, pipeline.address()).send();
        token.approve(at.shards(), LocalChain.ETHER.multiply(BigInteger.valueOf(100)))
                .send();
        BigInteger number = BigInteger.valueOf(shard);
        shards.announce(id, number).send();

        var opened = ModelShardRegistry.getAuditOpenedEvents(
                        shards.openAudit(id, number, pipeline.address()).send())
                .get(0);
        List<byte[]> chunks = chunksOf.get(shard);
        int asked = new BigInteger(1, opened.seed)
                .mod(BigInteger.valueOf(chunks.size()))
                .intValueExact();
        MerkleTree tree = trees.get(shard);
        for (byte[] chunk : List.of("another".getBytes(StandardCharsets.UTF_8), chunks.get(asked))) {
            var answer = new ModelShardRegistry.ShardAnswer(
                    tree.root().toArray(),
                    BigInteger.valueOf(chunks.size()),
                    Checkpoints.path(model, shard),
                    chunk,
                    Checkpoints.path(tree, asked));
            if (chunk == chunks.get(asked)) {
                shards.answer(opened.audit, answer).send();
            } else {
                assertThatThrownBy(() -> shards.answer(opened.audit, answer).send())
                        .isInstanceOf(ChainException.class);
            }
        }
        BigInteger fee = shards.terms().send().component2();
        assertThat(shards.owed(pipeline.address()).send()).isEqualTo(fee.shiftRight(1));
    }

    private static List<byte[]> chunks(int shard, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("chunk " + i + " of shard " + shard).getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}

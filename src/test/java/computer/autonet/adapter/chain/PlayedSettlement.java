package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.adapter.chain.contract.AnchorBridge;
import computer.autonet.base.Hash;
import computer.autonet.base.MerkleTree;
import computer.autonet.port.ChainException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.web3j.utils.Numeric;

/** What stands around the rounds of a {@link PlayedNetwork}: a dispute, a decision of the DAO, a withdrawal by proof. */
final class PlayedSettlement {
    private static final BigInteger DISMISSED = BigInteger.TWO;

    private final PlayedNetwork network;

    PlayedSettlement(PlayedNetwork network) {
        this.network = network;
    }

    /** A challenge of the model, dissected to one step, which the referees dismiss: the aggregator gets half the bond. */
    BigInteger dispute(byte[] task) throws Exception {
        Player challenger = network.player("challenger");
        Player aggregator = network.player("aggregator");
        ContractAddresses at = network.at;
        BigInteger bond = challenger.disputes.termsOf(at.rewards()).send().bondWei;
        for (Player side : List.of(challenger, aggregator)) {
            side.token.approve(at.disputes(), bond).send();
        }
        challenger.disputes.challenge(at.rewards(), task).send();
        aggregator
                .disputes
                .defend(BigInteger.ZERO, BigInteger.TWO, PlayedRound.BATCH.toArray(), new byte[0])
                .send();
        List<byte[]> middle = List.of(Hash.digest("half way").toArray());
        aggregator.disputes.dissect(BigInteger.ZERO, middle).send();
        challenger.disputes.select(BigInteger.ZERO, BigInteger.ONE, middle).send();
        byte[] digest =
                challenger.disputes.rulingDigest(BigInteger.ZERO, DISMISSED).send();
        var ruling = LocalChain.committee(PlayedNetwork.REFEREES, BigInteger.ONE)
                .ruling(LocalChain.signatures(PlayedNetwork.REFEREES.subList(1, 3), digest));
        challenger.disputes.rule(BigInteger.ZERO, DISMISSED, ruling).send();
        aggregator.disputes.claim().send();
        network.spend(challenger, bond);
        network.earn(aggregator, bond.shiftRight(1));
        return bond;
    }

    /**
     * By a proposal, its vote and the timelock the DAO allows a setter of traps, and raises what a deposit must be at
     * least.
     */
    void decide(Player setter, BigInteger depositMinimum) throws Exception {
        Player owner = network.player("builder");
        AnchorBridge bridge = bridgeOf(owner);
        List<String> targets = List.of(network.at.traps(), network.at.bridge());
        List<BigInteger> values = List.of(BigInteger.ZERO, BigInteger.ZERO);
        List<byte[]> calls = List.of(
                bytes(owner.traps.setSetter(setter.address, true).encodeFunctionCall()),
                bytes(bridge.setDepositMinimum(network.at.token(), depositMinimum)
                        .encodeFunctionCall()));
        byte[] verdict = Hash.digest("no conflict").toArray();
        String what = "let the setter set traps, and let deposits be larger";
        owner.dao.proposeWithVerdict(targets, values, calls, what, verdict).send();
        String description = owner.dao.describe(what, verdict).send();
        byte[] hash = org.web3j.crypto.Hash.sha3(description.getBytes(StandardCharsets.UTF_8));
        BigInteger id = owner.dao.getProposalId(targets, values, calls, hash).send();
        network.passUntil(owner.dao.proposalSnapshot(id).send().add(BigInteger.ONE));
        owner.dao.castVote(id, BigInteger.ONE).send();
        network.passUntil(owner.dao.proposalDeadline(id).send().add(BigInteger.ONE));
        owner.dao.queue(targets, values, calls, hash).send();
        assertRefused(
                "TimelockUnexpectedOperationState(bytes32,bytes32)",
                () -> owner.dao
                        .execute(targets, values, calls, hash, BigInteger.ZERO)
                        .send());
        network.passUntil(owner.dao.proposalEta(id).send());
        owner.dao.execute(targets, values, calls, hash, BigInteger.ZERO).send();
        assertThat(owner.traps.setters(setter.address).send()).isTrue();
        assertThat(bridge.depositMinimum(network.at.token()).send()).isEqualTo(depositMinimum);
    }

    /**
     * A deposit, and a part of it withdrawn by another participant with a proof against the withdrawal root of a certified
     * checkpoint: not before it is final, and once.
     */
    void withdrawByProof(Player from, BigInteger deposit, Player to, BigInteger amount) throws Exception {
        AnchorBridge bridge = bridgeOf(from);
        byte[] identity = from.secret("identity").toArray();
        from.token.approve(network.at.bridge(), deposit).send();
        BigInteger small = bridge.depositMinimum(network.at.token()).send().subtract(BigInteger.ONE);
        assertRefused(
                "DepositTooSmall(address,uint256,uint256)",
                () -> bridge.deposit(network.at.token(), small, identity).send());
        bridge.deposit(network.at.token(), deposit, identity).send();
        network.spend(from, deposit);

        var checkpoints = new Checkpoints(bridge, PlayedNetwork.SEATED, PlayedNetwork.SIGNERS);
        String token = network.at.token();
        var withdrawals = List.of(
                checkpoints.withdrawal(0, from.address, token, BigInteger.ONE),
                checkpoints.withdrawal(1, from.address, token, BigInteger.TWO),
                checkpoints.withdrawal(2, to.address, token, amount));
        MerkleTree tree = Checkpoints.tree(withdrawals);
        BigInteger epoch = checkpoints.certify(tree.root());
        AnchorBridge theirs = bridgeOf(to);
        BigInteger size = BigInteger.valueOf(withdrawals.size());
        List<byte[]> path = Checkpoints.path(tree, 2);
        var mine = withdrawals.get(2);

        assertRefused(
                "ChallengeWindowOpen(uint64)", () -> theirs.finalize(epoch).send());
        assertRefused(
                "CheckpointNotFinal(uint64)",
                () -> theirs.withdraw(epoch, mine, size, path).send());
        network.anvil.passTime(bridge.challengeSeconds().send().longValueExact() + 1);
        theirs.finalize(epoch).send();
        var more = checkpoints.withdrawal(2, to.address, token, amount.add(BigInteger.ONE));
        assertRefused(
                "WithdrawalProofInvalid(bytes32)",
                () -> theirs.withdraw(epoch, more, size, path).send());
        theirs.withdraw(epoch, mine, size, path).send();
        network.earn(to, amount);
        assertThat(network.held(to.address)).isEqualTo(network.expected(network.name(to)));
        assertRefused(
                "AlreadyWithdrawn(uint64)",
                () -> theirs.withdraw(epoch, mine, size, path).send());
    }

    private AnchorBridge bridgeOf(Player p) {
        return AnchorBridge.load(network.at.bridge(), network.chain.web3j(), p.sender, Player.GAS);
    }

    private interface Act {
        void run() throws Exception;
    }

    /** Refused by a contract with this error. */
    private static void assertRefused(String error, Act act) {
        String selector = org.web3j.crypto.Hash.sha3String(error).substring(0, 10);
        assertThatThrownBy(act::run)
                .as(error)
                .hasMessageContaining(selector)
                .isInstanceOfSatisfying(
                        ChainException.class, e -> assertThat(e.problem()).isEqualTo(ChainException.Problem.REVERTED));
    }

    private static byte[] bytes(String hex) {
        return Numeric.hexStringToByteArray(hex);
    }
}

package computer.autonet.adapter.chain;

import computer.autonet.adapter.chain.contract.ATNToken;
import computer.autonet.adapter.chain.contract.AutonetDAO;
import computer.autonet.adapter.chain.contract.DisputeManager;
import computer.autonet.adapter.chain.contract.ForcedErrorRegistry;
import computer.autonet.adapter.chain.contract.ParticipantStaking;
import computer.autonet.adapter.chain.contract.ResultsRewards;
import computer.autonet.adapter.chain.contract.TaskContract;
import computer.autonet.base.Hash;
import computer.autonet.protocol.crypto.Secp256k1Key;
import java.math.BigInteger;
import java.nio.file.Path;
import org.web3j.tx.gas.StaticGasProvider;

/** A participant of a test: a key with its own pipeline, and the contracts as it calls them. */
final class Player implements AutoCloseable {
    static final StaticGasProvider GAS = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

    final Secp256k1Key key;
    final String address;
    final PipelinedTransactions sender;
    final ATNToken token;
    final ParticipantStaking staking;
    final TaskContract tasks;
    final ResultsRewards rewards;
    final ForcedErrorRegistry traps;
    final DisputeManager disputes;
    final AutonetDAO dao;
    private final TransactionPipeline pipeline;

    Player(String name, Anvil anvil, ChainConnection chain, ContractAddresses at, Path folder) {
        key = LocalChain.key(name);
        address = LocalChain.address(key);
        LocalChain.rich(anvil, name);
        pipeline = TransactionPipeline.open(
                chain, LocalChain.credentials(key), TransactionPipeline.Settings.LOCAL, folder.resolve(name));
        sender = PipelinedTransactions.over(chain, pipeline);
        token = ATNToken.load(at.token(), chain.web3j(), sender, GAS);
        staking = ParticipantStaking.load(at.staking(), chain.web3j(), sender, GAS);
        tasks = TaskContract.load(at.tasks(), chain.web3j(), sender, GAS);
        rewards = ResultsRewards.load(at.rewards(), chain.web3j(), sender, GAS);
        traps = ForcedErrorRegistry.load(at.traps(), chain.web3j(), sender, GAS);
        disputes = DisputeManager.load(at.disputes(), chain.web3j(), sender, GAS);
        dao = AutonetDAO.load(at.dao(), chain.web3j(), sender, GAS);
    }

    /** A value of this player's own, the same in every run. */
    Hash secret(String purpose) {
        return Hash.digest(address + purpose);
    }

    void stake(int role, BigInteger wei) throws Exception {
        token.approve(staking.getContractAddress(), wei).send();
        staking.stake(BigInteger.valueOf(role), wei).send();
    }

    @Override
    public void close() {
        pipeline.close();
    }
}

package computer.autonet.adapter.chain;

import static computer.autonet.adapter.chain.DeploymentTerms.tokens;

import computer.autonet.adapter.chain.contract.AnchorBridge;
import computer.autonet.adapter.chain.contract.AutonetDAO;
import computer.autonet.adapter.chain.contract.DisputeManager;
import computer.autonet.adapter.chain.contract.Emission;
import computer.autonet.adapter.chain.contract.ForcedErrorRegistry;
import computer.autonet.adapter.chain.contract.ModelShardRegistry;
import computer.autonet.adapter.chain.contract.ParticipantStaking;
import computer.autonet.adapter.chain.contract.ResultsRewards;
import computer.autonet.adapter.chain.contract.TaskContract;
import computer.autonet.adapter.chain.contract.YumaEngine;
import computer.autonet.base.MerkleTree;
import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import computer.autonet.protocol.role.Role;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.web3j.protocol.core.RemoteCall;
import org.web3j.tx.gas.StaticGasProvider;

/**
 * The one routine that deploys all contracts, connects them, and hands them to the timelock of the DAO. When it returns,
 * the deploying key has no power left over any of them.
 */
public final class Deployment {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration CHALLENGE_WINDOW = Duration.ofDays(7);
    private static final byte[] NOTHING = new byte[32];
    /** The order of the contracts' reasons for a slash. */
    private static final int SILENCE = 0;

    private static final int MISSED_TRAP = 1;
    private static final int EQUIVOCATION = 2;
    private static final int VERDICT = 3;

    private final ChainConnection chain;
    private final PipelinedTransactions sender;
    private final DeploymentTerms terms;
    /** The pipeline's gas policy counts; web3j asks for one all the same. */
    private final StaticGasProvider gas = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

    private Deployment(ChainConnection chain, PipelinedTransactions sender, DeploymentTerms terms) {
        this.chain = chain;
        this.sender = sender;
        this.terms = terms;
    }

    /**
     * Deploys everything; takes about thirty transactions.
     *
     * @throws ChainException when the chain cannot be reached, or refuses
     */
    public static ContractAddresses deploy(ChainConnection chain, PipelinedTransactions sender, DeploymentTerms terms) {
        return new Deployment(chain, sender, terms).run();
    }

    private ContractAddresses run() {
        String me = sender.getFromAddress();
        Emission emission = done(Emission.deploy(
                chain.web3j(),
                sender,
                gas,
                terms.capWei(),
                terms.maxRatePerSecondWei(),
                me,
                terms.allocations().entrySet().stream()
                        .map(e -> new Emission.Allocation(e.getKey(), e.getValue()))
                        .toList()));
        String token = done(emission.token());
        AutonetDAO dao = done(AutonetDAO.deploy(
                chain.web3j(),
                sender,
                gas,
                token,
                daoTerms(),
                terms.constitution().toArray()));
        String timelock = done(dao.timelock());
        ParticipantStaking staking = done(ParticipantStaking.deploy(
                chain.web3j(),
                sender,
                gas,
                token,
                timelock,
                me,
                roleTerms(),
                terms.scaled(Duration.ofDays(21)),
                terms.scaled(CHALLENGE_WINDOW),
                terms.scaled(Duration.ofDays(90))));
        TaskContract tasks =
                done(TaskContract.deploy(chain.web3j(), sender, gas, staking.getContractAddress(), me, phaseSeconds()));
        YumaEngine engine = done(YumaEngine.deploy(chain.web3j(), sender, gas));
        ResultsRewards rewards = done(ResultsRewards.deploy(
                chain.web3j(),
                sender,
                gas,
                tasks.getContractAddress(),
                token,
                engine.getContractAddress(),
                me,
                terms.scaled(CHALLENGE_WINDOW)));
        done(tasks.connect(rewards.getContractAddress()));
        ForcedErrorRegistry traps = done(ForcedErrorRegistry.deploy(
                chain.web3j(),
                sender,
                gas,
                staking.getContractAddress(),
                tasks.getContractAddress(),
                rewards.getContractAddress(),
                me,
                terms.scaled(DAY),
                terms.scaled(Duration.ofDays(30)),
                BigInteger.valueOf(1_000)));
        DisputeManager disputes =
                done(DisputeManager.deploy(chain.web3j(), sender, gas, me, staking.getContractAddress()));
        AnchorBridge bridge = done(AnchorBridge.deploy(
                chain.web3j(),
                sender,
                gas,
                me,
                staking.getContractAddress(),
                terms.scaled(CHALLENGE_WINDOW),
                terms.scaled(Duration.ofDays(30)),
                genesis(),
                terms.committee().anchorSeats()));
        ModelShardRegistry shards =
                done(ModelShardRegistry.deploy(chain.web3j(), sender, gas, me, token, timelock, shardTerms()));

        connect(token, staking, tasks, rewards, traps, disputes, bridge);
        handOver(timelock, emission, staking, tasks, rewards, traps, disputes, bridge, shards);
        return new ContractAddresses(
                chain.chainId(),
                emission.getContractAddress(),
                token,
                dao.getContractAddress(),
                timelock,
                staking.getContractAddress(),
                tasks.getContractAddress(),
                engine.getContractAddress(),
                rewards.getContractAddress(),
                traps.getContractAddress(),
                disputes.getContractAddress(),
                bridge.getContractAddress(),
                shards.getContractAddress());
    }

    /** Each reason for a slash gets its one contract, and each claim the contract that judges it. */
    private void connect(
            String token,
            ParticipantStaking staking,
            TaskContract tasks,
            ResultsRewards rewards,
            ForcedErrorRegistry traps,
            DisputeManager disputes,
            AnchorBridge bridge) {
        done(staking.setSlasher(BigInteger.valueOf(SILENCE), tasks.getContractAddress()));
        done(staking.setSlasher(BigInteger.valueOf(MISSED_TRAP), traps.getContractAddress()));
        done(staking.setSlasher(BigInteger.valueOf(EQUIVOCATION), bridge.getContractAddress()));
        done(staking.setSlasher(BigInteger.valueOf(VERDICT), disputes.getContractAddress()));
        done(staking.setFreezer(disputes.getContractAddress()));
        done(rewards.setTraps(traps.getContractAddress()));
        done(rewards.setDisputes(disputes.getContractAddress()));
        done(bridge.setDisputes(disputes.getContractAddress()));
        done(bridge.setDepositMinimum(token, tokens(1)));
        done(disputes.setReferees(terms.referees().refereeSeats()));
        done(disputes.setTerms(bridge.getContractAddress(), disputeTerms(200, 500)));
        done(disputes.setTerms(rewards.getContractAddress(), disputeTerms(100, 50)));
    }

    private void handOver(
            String timelock,
            Emission emission,
            ParticipantStaking staking,
            TaskContract tasks,
            ResultsRewards rewards,
            ForcedErrorRegistry traps,
            DisputeManager disputes,
            AnchorBridge bridge,
            ModelShardRegistry shards) {
        done(emission.transferOwnership(timelock));
        done(staking.transferOwnership(timelock));
        done(tasks.transferOwnership(timelock));
        done(rewards.transferOwnership(timelock));
        done(traps.transferOwnership(timelock));
        done(disputes.transferOwnership(timelock));
        done(bridge.transferOwnership(timelock));
        done(shards.transferOwnership(timelock));
    }

    private AutonetDAO.DaoTerms daoTerms() {
        return new AutonetDAO.DaoTerms(
                terms.scaled(DAY),
                terms.scaled(Duration.ofDays(7)),
                terms.scaled(Duration.ofDays(2)),
                terms.scaled(Duration.ofDays(2)),
                tokens(1_000),
                BigInteger.valueOf(1_000));
    }

    private List<ParticipantStaking.RoleTerms> roleTerms() {
        var list = new ArrayList<ParticipantStaking.RoleTerms>();
        // The contracts know the roles by this order.
        Stream.of(Role.PROPOSER, Role.SOLVER, Role.COORDINATOR, Role.AGGREGATOR)
                .map(role ->
                        new ParticipantStaking.RoleTerms(role.minimumStake().units(), terms.scaled(role.lock())))
                .forEach(list::add);
        return list;
    }

    private TaskContract.PhaseSeconds phaseSeconds() {
        return new TaskContract.PhaseSeconds(
                terms.scaled(Duration.ofHours(6)),
                terms.scaled(Duration.ofHours(1)),
                terms.scaled(Duration.ofHours(1)),
                terms.scaled(Duration.ofHours(1)),
                terms.scaled(Duration.ofHours(2)),
                terms.scaled(Duration.ofHours(1)),
                terms.scaled(Duration.ofHours(6)));
    }

    private DisputeManager.DisputeTerms disputeTerms(long bond, long slash) {
        return new DisputeManager.DisputeTerms(
                tokens(bond),
                tokens(slash),
                terms.scaled(DAY),
                terms.scaled(Duration.ofDays(2)),
                terms.scaled(Duration.ofDays(3)),
                terms.scaled(Duration.ofDays(5)),
                BigInteger.valueOf(2_000));
    }

    private ModelShardRegistry.ShardTerms shardTerms() {
        BigInteger answer = terms.scaled(Duration.ofHours(6));
        return new ModelShardRegistry.ShardTerms(
                tokens(10), tokens(1), answer, terms.scaled(Duration.ofDays(3)).max(answer.add(BigInteger.ONE)));
    }

    private AnchorBridge.Checkpoint genesis() {
        return new AnchorBridge.Checkpoint(
                BigInteger.ZERO,
                NOTHING,
                terms.logRoot().toArray(),
                terms.stateRoot().toArray(),
                MerkleTree.of(List.of()).root().toArray(),
                NOTHING);
    }

    /** web3j declares every exception. */
    private static <T> T done(RemoteCall<T> call) {
        try {
            return call.send();
        } catch (ChainException e) {
            throw e;
        } catch (Exception e) {
            throw new ChainException(
                    Problem.REQUEST_REFUSED,
                    "the contracts are not deployed: " + e.getMessage(),
                    "begin again on a chain, or with a key, on which nothing was deployed yet",
                    e);
        }
    }
}

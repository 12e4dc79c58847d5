package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.web3j.crypto.Credentials;

/**
 * A deployment of all contracts on any EVM chain, by a key of the user's: done once for each folder and chain, and found
 * again afterwards.
 */
public final class RemoteDeployment {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** A transaction that is not confirmed within this stays under way; only the waiting ends. */
    private static final Duration PATIENCE = Duration.ofHours(1);
    /** What all transactions of a deployment use, rounded up. */
    static final BigInteger GAS = BigInteger.valueOf(40_000_000);

    private RemoteDeployment() {}

    /**
     * How it is done.
     *
     * @param rpc where a node of the chain answers
     * @param chainId the chain that it must be, or empty for whichever answers there
     * @param folder where addresses and pending transactions are kept, by chain
     * @param timeScale by how much the contracts' durations are divided: 1 in earnest
     * @param transactions gas policy, confirmations and the like
     */
    public record Settings(
            URI rpc, OptionalLong chainId, Path folder, long timeScale, TransactionPipeline.Settings transactions) {}

    /**
     * What stands on the chain now.
     *
     * @param fresh false when an earlier run deployed it
     * @param deployer the key's address
     * @param file where the addresses are kept
     */
    public record Done(ContractAddresses addresses, boolean fresh, String deployer, Path file) {}

    /**
     * Deploys, with the terms of {@link LocalNetwork#terms}: at first the key holds all tokens, the only seat of the
     * committee and the only referee.
     *
     * @param progress told what is done, and what is waited for, before each long step
     * @throws ChainException when the chain cannot be reached, is another one, or refuses; with
     *     {@link Problem#FUNDS_TOO_LOW} before anything is sent
     */
    public static Done run(Settings settings, Credentials key, Consumer<String> progress) {
        try (ChainConnection chain = ChainConnection.open(settings.rpc(), settings.chainId(), TIMEOUT)) {
            Path folder = settings.folder().resolve("chain-" + chain.chainId());
            Path file = folder.resolve("addresses.json");
            if (Files.exists(file)) {
                ContractAddresses known = ContractAddresses.read(file);
                if (LocalNetwork.isDeployed(chain, known)) {
                    return new Done(known, false, key.getAddress(), file);
                }
            }
            requireFunds(chain, settings.transactions().gas(), key.getAddress());
            create(folder);
            progress.accept("deploying on chain " + chain.chainId() + ", one contract after the other");
            try (TransactionPipeline pipeline = TransactionPipeline.open(
                    chain, key, shallow(settings.transactions()), folder.resolve("outbox-" + key.getAddress()))) {
                ContractAddresses fresh = Deployment.deploy(
                        chain,
                        PipelinedTransactions.over(chain, pipeline, PATIENCE),
                        LocalNetwork.terms(key.getAddress(), settings.timeScale()));
                progress.accept("all are on the chain; waiting until the last is "
                        + settings.transactions().confirmations() + " blocks deep");
                awaitDepth(chain, pipeline, settings.transactions());
                fresh.write(file);
                return new Done(fresh, true, key.getAddress(), file);
            }
        }
    }

    /** CHAIN-09. Half of a deployment is worth nothing. */
    private static void requireFunds(ChainConnection chain, GasPolicy gas, String deployer) {
        BigInteger needed = gas.feeFor(chain.baseFeeWei()).maxWei().multiply(GAS);
        BigInteger held = chain.balanceWei(deployer);
        if (held.compareTo(needed) < 0) {
            throw new ChainException(
                    Problem.FUNDS_TOO_LOW,
                    deployer + " holds " + held + " wei, the deployment may cost " + needed,
                    "send it " + needed.subtract(held) + " wei, or lower the tip or the ceiling, and repeat");
        }
    }

    /**
     * Each step needs the one before, not its depth: a step that is lost is sent again with its nonce and makes the same
     * address. So the depth is waited for once, at the end.
     */
    private static TransactionPipeline.Settings shallow(TransactionPipeline.Settings asked) {
        return new TransactionPipeline.Settings(
                asked.gas(),
                1,
                asked.maxPending(),
                asked.roomWithin(),
                asked.poll(),
                asked.stuckAfter(),
                asked.settleAfter());
    }

    private static void awaitDepth(
            ChainConnection chain, TransactionPipeline pipeline, TransactionPipeline.Settings asked) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long from = chain.height();
        long takenBack = pipeline.takenBack();
        while (chain.height() - from + 1 < asked.confirmations()
                || !pipeline.underWay().isEmpty()) {
            if (pipeline.takenBack() != takenBack) {
                takenBack = pipeline.takenBack();
                from = chain.height();
            }
            if (System.nanoTime() > end || Thread.interrupted()) {
                throw new ChainException(
                        Problem.NOT_CONFIRMED,
                        "the deployment is not " + asked.confirmations() + " blocks deep",
                        "see whether the chain makes blocks, and deploy again");
            }
            LockSupport.parkNanos(asked.poll().toNanos());
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ChainException(Problem.FOLDER_UNUSABLE, folder + " cannot be made", "name a folder of yours", e);
        }
    }
}

package computer.autonet.app;

import computer.autonet.adapter.chain.GasPolicy;
import computer.autonet.adapter.chain.RemoteDeployment;
import computer.autonet.adapter.chain.TransactionPipeline;
import computer.autonet.adapter.chain.WalletFile;
import computer.autonet.cli.CliException;
import computer.autonet.cli.OutputOptions;
import computer.autonet.cli.Password;
import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import computer.autonet.port.KeysException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./autonet chain deploy}. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description =
                "Deploys all of Autonet's contracts on any EVM chain, once, and keeps their addresses. At first the "
                        + "wallet's key holds all tokens and is the whole committee and the only referee; the contracts belong to "
                        + "the DAO's timelock.",
        footer = {
            "Example: autonet chain deploy --rpc https://rpc.example.org --wallet wallet.json \\",
            "           --password-file wallet.password",
            "A second run finds what the first one deployed."
        })
public final class ChainDeployCommand implements Callable<Integer> {
    private static final String PASSWORD = "AUTONET_WALLET_PASSWORD";
    private static final int GWEI_DIGITS = 9;
    /** Nothing that the user asked for was wrong. */
    private static final Set<Problem> NOT_THEIRS =
            EnumSet.of(Problem.UNREACHABLE, Problem.NOT_CONFIRMED, Problem.REQUEST_REFUSED, Problem.REVERTED);

    @Option(
            names = "--rpc",
            required = true,
            paramLabel = "URL",
            defaultValue = "${env:AUTONET_CHAIN_RPC}",
            description = "Where a node of the chain answers JSON-RPC over HTTP (AUTONET_CHAIN_RPC).")
    URI rpc = URI.create("http://127.0.0.1:8545");

    @Option(
            names = "--wallet",
            required = true,
            paramLabel = "FILE",
            defaultValue = "${env:AUTONET_CHAIN_WALLET}",
            description = "The wallet file (version 3) of the key that pays (AUTONET_CHAIN_WALLET).")
    Path wallet = Path.of("wallet.json");

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the wallet's password; else " + PASSWORD + ", else you are asked.")
    @Nullable
    Path passwordFile;

    @Option(
            names = "--chain-id",
            paramLabel = "NUMBER",
            description = "The chain that it must be (default: whichever answers).")
    @Nullable
    Long chainId;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".autonet/deployments",
            description = "Where addresses and pending transactions are kept, by chain (default: ${DEFAULT-VALUE}).")
    Path dataDir = Path.of(".autonet/deployments");

    @Option(
            names = "--confirmations",
            paramLabel = "N",
            defaultValue = "12",
            description = "Blocks that must hold a transaction (default: ${DEFAULT-VALUE}).")
    int confirmations = 12;

    @Option(
            names = "--tip-gwei",
            paramLabel = "GWEI",
            defaultValue = "1",
            description = "What each unit of gas pays the block's maker (default: ${DEFAULT-VALUE}).")
    BigDecimal tipGwei = BigDecimal.ONE;

    @Option(
            names = "--ceiling-gwei",
            paramLabel = "GWEI",
            defaultValue = "200",
            description = "What each unit of gas may cost at most, tip included (default: ${DEFAULT-VALUE}).")
    BigDecimal ceilingGwei = BigDecimal.valueOf(200);

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            defaultValue = "1",
            description = "By how much the contracts' durations are divided; 1 in earnest (default: ${DEFAULT-VALUE}).")
    long timeScale = 1;

    @Option(
            names = "--poll-millis",
            paramLabel = "MILLIS",
            defaultValue = "4000",
            description = "How often the chain is asked (default: ${DEFAULT-VALUE}).")
    long pollMillis = 4000;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        requireSense();
        try {
            var done = RemoteDeployment.run(
                    new RemoteDeployment.Settings(
                            rpc,
                            chainId == null ? OptionalLong.empty() : OptionalLong.of(chainId),
                            dataDir.toAbsolutePath(),
                            timeScale,
                            transactions()),
                    WalletFile.open(wallet, password()),
                    System.err::println);
            System.err.println(done.fresh() ? "deployed" : "deployed by an earlier run");
            new DeployedReport(done.addresses(), done.file())
                    .with("deployer", done.deployer())
                    .print(output.json());
            return 0;
        } catch (ChainException e) {
            throw told(e);
        } catch (KeysException e) {
            throw new UserError(e);
        }
    }

    /** What ends the command, with whose fault it is. */
    static RuntimeException told(ChainException e) {
        return NOT_THEIRS.contains(e.problem())
                ? CliException.ours(e.problem().name(), e.found(), e.remedy())
                : new UserError(e);
    }

    private void requireSense() {
        if (timeScale < 1) {
            throw new UserError("TIME_SCALE_INVALID", "the time scale is " + timeScale, "give 1 or more");
        }
        if (pollMillis < 1) {
            throw new UserError("POLL_INVALID", "--poll-millis " + pollMillis, "give 1 or more");
        }
        if (confirmations < 1) {
            throw new UserError("CONFIRMATIONS_INVALID", confirmations + " confirmations", "give 1 or more");
        }
        if (tipGwei.signum() < 0 || ceilingGwei.compareTo(tipGwei) <= 0) {
            throw new UserError(
                    "GAS_POLICY_INVALID",
                    "a tip of " + tipGwei + " gwei under a ceiling of " + ceilingGwei,
                    "give a tip of 0 or more and a ceiling above it");
        }
        if (rpc.getHost() == null || !List.of("http", "https").contains(String.valueOf(rpc.getScheme()))) {
            throw new UserError("RPC_INVALID", "no node can be asked at " + rpc, "give http://HOST:PORT or https://…");
        }
    }

    private TransactionPipeline.Settings transactions() {
        var usual = TransactionPipeline.Settings.PUBLIC;
        return new TransactionPipeline.Settings(
                new GasPolicy(wei(tipGwei), wei(ceilingGwei), usual.gas().limitPercent()),
                confirmations,
                usual.maxPending(),
                usual.roomWithin(),
                Duration.ofMillis(pollMillis),
                usual.stuckAfter(),
                usual.settleAfter());
    }

    private static BigInteger wei(BigDecimal gwei) {
        return gwei.movePointRight(GWEI_DIGITS).toBigInteger();
    }

    private String password() {
        return new String(Password.find(passwordFile, PASSWORD, "the wallet's", "Password of " + wallet + ": "));
    }
}

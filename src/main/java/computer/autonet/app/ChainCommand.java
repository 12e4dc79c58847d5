package computer.autonet.app;

import computer.autonet.adapter.chain.AnvilSettings;
import computer.autonet.adapter.chain.LocalNetwork;
import computer.autonet.cli.OutputOptions;
import computer.autonet.port.ChainException;
import computer.autonet.port.KeysException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code chain}: a local EVM chain with all contracts, until it is told to stop. */
@Command(
        name = "chain",
        mixinStandardHelpOptions = true,
        description = "Runs a local EVM chain with all of Autonet's contracts on it, and keeps its state.",
        subcommands = ChainDeployCommand.class,
        footer = {
            "Example: autonet chain --port 8545",
            "The addresses are printed and kept in addresses.json beside the state. Ends with Ctrl-C.",
            "Needs Node for the installation of anvil: `npm ci` in contracts/."
        })
public final class ChainCommand implements Callable<Integer> {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".autonet/chain",
            description = "Where state, key and addresses lie (default: ${DEFAULT-VALUE}).")
    Path dataDir = Path.of(".autonet/chain");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8545",
            description = "The RPC port, 0 for any (default: ${DEFAULT-VALUE}).")
    int port = 8545;

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            defaultValue = "3600",
            description = "By how much the contracts' durations are divided at the first start: with 3600 a day takes "
                    + "24 seconds (default: ${DEFAULT-VALUE}).")
    long timeScale = 3600;

    @Option(
            names = "--anvil",
            paramLabel = "FILE",
            description = "The anvil program (default: the one that npm installed in contracts/).")
    @Nullable
    Path anvil;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (timeScale < 1) {
            throw new UserError("TIME_SCALE_INVALID", "the time scale is " + timeScale, "give 1 or more");
        }
        try {
            Path program = anvil == null ? AnvilSettings.installedProgram() : anvil;
            AnvilSettings usual = AnvilSettings.in(dataDir.toAbsolutePath(), program);
            var settings = new AnvilSettings(
                    program,
                    usual.folder(),
                    port,
                    usual.chainId(),
                    usual.blockTime(),
                    usual.snapshotEvery(),
                    usual.memoryLimitMib());
            LocalNetwork network = LocalNetwork.start(settings, timeScale);
            // To be told to stop is how it ends: the JVM by itself would end with 130 or 143.
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> Runtime.getRuntime().halt(stop(network, usual.folder()) ? 0 : 1), "chain-end"));
            System.err.println("chain " + settings.chainId() + " answers at " + network.rpc() + ", its key is "
                    + network.owner() + " (" + usual.folder().resolve("wallet.json") + ")");
            new DeployedReport(network.addresses(), usual.folder().resolve("addresses.json"))
                    .with("rpc", network.rpc().toString())
                    .with("owner", network.owner())
                    .print(output.json());
            new CountDownLatch(1).await();
            return 0;
        } catch (ChainException e) {
            throw ChainDeployCommand.told(e);
        } catch (KeysException e) {
            throw new UserError(e.problem().name(), "the chain's key cannot be opened", "see " + dataDir, e);
        }
    }

    /** The program was asked to end, and says what becomes of the chain; true if nothing of it is lost. */
    private static boolean stop(LocalNetwork network, Path folder) {
        try {
            network.close();
            System.err.println("chain stopped; its state is kept in " + folder);
            return true;
        } catch (RuntimeException e) {
            System.err.println("chain stopped, and what came after its last snapshot is lost: " + e.getMessage());
            return false;
        }
    }
}

package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the local chain runs.
 *
 * @param program the anvil program
 * @param folder where its state, its process id and its log lie
 * @param port the port on loopback, 0 for any free one
 * @param chainId the number of the chain
 * @param blockTime how long at most between two blocks when nothing happens
 * @param snapshotEvery how often the state is saved when blocks were made; what is later is lost when it is killed
 * @param memoryLimitMib how much memory it may use before it is started anew from a fresh snapshot
 */
public record AnvilSettings(
        Path program,
        Path folder,
        int port,
        long chainId,
        Duration blockTime,
        Duration snapshotEvery,
        int memoryLimitMib) {
    /** The number that development chains use. */
    public static final long LOCAL_CHAIN = 31_337;

    private static final String PLACE = "contracts/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil";

    /** The usual settings: any free port, a block a second, a snapshot every five. */
    public static AnvilSettings in(Path folder, Path program) {
        return new AnvilSettings(program, folder, 0, LOCAL_CHAIN, Duration.ofSeconds(1), Duration.ofSeconds(5), 1024);
    }

    /**
     * The program that npm installed under {@code contracts/}, beside the launcher or in the present folder.
     *
     * @throws ChainException with {@link Problem#ANVIL_MISSING}
     */
    public static Path installedProgram() {
        Path program = Path.of(System.getProperty("autonet.home", ""), PLACE).toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new ChainException(
                    Problem.ANVIL_MISSING,
                    "anvil, the local chain, is not installed",
                    "install Node 20 or newer and run `npm ci` in contracts/");
        }
        return program;
    }
}

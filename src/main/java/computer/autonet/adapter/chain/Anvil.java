package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain for one machine: anvil as a supervised child process, which makes a block soon after work appears, saves its
 * state whole or not at all, and is started again from its last snapshot when it dies, hangs or grows too large.
 */
public final class Anvil implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Anvil.class);
    /** So soon after transactions arrive a block is made: late enough to take several, too soon to be felt. */
    private static final long LOOK_MILLIS = 40;
    /** Failed looks in a row after which anvil counts as hung. */
    private static final int MAX_FAILURES = 5;

    private final AnvilSettings settings;
    private final Path state;
    private final ScheduledExecutorService keeper;
    private volatile AnvilProcess process;
    private volatile JsonRpc rpc;
    private long lastBlockNanos;
    private long lastSnapshotNanos;
    private boolean changed;
    private int failures;
    private long lastHeight = -1;

    private Anvil(AnvilSettings settings) {
        this.settings = settings;
        this.state = settings.folder().resolve("state.json");
        try {
            Files.createDirectories(settings.folder());
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, settings.folder() + " cannot be made", "name another folder", e);
        }
        this.process = AnvilProcess.start(settings, settings.port(), state);
        this.rpc = new JsonRpc(process.rpc());
        this.lastBlockNanos = System.nanoTime();
        this.lastSnapshotNanos = lastBlockNanos;
        this.keeper = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "anvil-keeper");
            thread.setDaemon(true);
            return thread;
        });
        keeper.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts the chain, from its last snapshot where there is one.
     *
     * @throws ChainException with {@link Problem#ANVIL_FAILED} or {@link Problem#FOLDER_UNUSABLE}
     */
    public static Anvil start(AnvilSettings settings) {
        return new Anvil(settings);
    }

    /** Where it answers; the same after it was started again. */
    public URI rpc() {
        return process.rpc();
    }

    /** The process id of the program that runs now. */
    public long pid() {
        return process.pid();
    }

    /** Gives an account ether, which local chains can. */
    public void setBalance(String address, BigInteger wei) {
        rpc.call("anvil_setBalance", List.of(address, "0x" + wei.toString(16)));
        markChanged();
    }

    /** Lets time pass on the chain, and makes a block at its end. */
    public void passTime(long seconds) {
        rpc.call("evm_increaseTime", List.of(seconds));
        rpc.call("evm_mine", List.of());
        markChanged();
    }

    /** Saves the state now; when this returns it is on disk. */
    public synchronized void snapshot() {
        byte[] zipped = HexFormat.of()
                .parseHex(rpc.call("anvil_dumpState", List.of()).asText().substring(2));
        Path fresh = state.resolveSibling("state.json.new");
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            byte[] json = unzipped.readAllBytes();
            try (var channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                var rest = ByteBuffer.wrap(json);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            // A reader sees the old snapshot or the new one, never a part.
            Files.move(fresh, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, "the chain's state cannot be saved in " + state, "make room there", e);
        }
        changed = false;
        lastSnapshotNanos = System.nanoTime();
    }

    private synchronized void markChanged() {
        changed = true;
    }

    private synchronized void look() {
        try {
            if (!process.isAlive()) {
                restart("it ended");
                return;
            }
            mineWhenDue();
            long now = System.nanoTime();
            if (now - lastSnapshotNanos >= settings.snapshotEvery().toNanos()) {
                requireGrowth();
                if (process.memoryMib() > settings.memoryLimitMib()) {
                    snapshot();
                    restart("it uses more than " + settings.memoryLimitMib() + " MiB");
                } else if (changed) {
                    snapshot();
                }
                lastSnapshotNanos = now;
            }
            failures = 0;
        } catch (ChainException e) {
            failures++;
            LOG.warn("anvil does not answer ({} of {}): {}", failures, MAX_FAILURES, e.getMessage());
            if (failures >= MAX_FAILURES) {
                restart("it does not answer");
            }
        }
    }

    private void mineWhenDue() {
        long waiting =
                Long.decode(rpc.call("txpool_status", List.of()).get("pending").asText());
        long now = System.nanoTime();
        if (waiting > 0 || now - lastBlockNanos >= settings.blockTime().toNanos()) {
            rpc.call("evm_mine", List.of());
            lastBlockNanos = now;
            // Empty blocks alone are not worth a snapshot.
            changed |= waiting > 0;
        }
    }

    /** Between two snapshots there is always a heartbeat block: a height that stands still means that it hangs. */
    private void requireGrowth() {
        long height = Long.decode(rpc.call("eth_blockNumber", List.of()).asText());
        if (height <= lastHeight) {
            lastHeight = -1;
            throw new ChainException(
                    Problem.ANVIL_FAILED, "no block was made since height " + height, "it will be started again");
        }
        lastHeight = height;
    }

    private void restart(String why) {
        LOG.warn("anvil is started again from its last snapshot: {}", why);
        int port = process.rpc().getPort();
        process.kill();
        lastHeight = -1;
        try {
            process = AnvilProcess.start(settings, port, state);
            rpc = new JsonRpc(process.rpc());
            failures = 0;
        } catch (ChainException e) {
            // The keeper tries again at its next look.
            LOG.error("anvil cannot be started again: {}", e.getMessage());
        }
    }

    /** Saves the state and ends the chain. */
    @Override
    public void close() {
        keeper.shutdown();
        try {
            if (!keeper.awaitTermination(10, TimeUnit.SECONDS)) {
                keeper.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            snapshot();
        } finally {
            process.kill();
        }
    }
}

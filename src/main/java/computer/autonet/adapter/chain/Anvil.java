package computer.autonet.adapter.chain;

import computer.autonet.adapter.disk.WholeFile;
import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
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
 * state whole or not at all, and is started again from its last snapshot when it dies, hangs or grows too large. CHAIN-07.
 */
public final class Anvil implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Anvil.class);
    /** So soon after transactions arrive a block is made: late enough to take several, too soon to be felt. */
    private static final long LOOK_MILLIS = 40;
    /** Failed looks in a row after which anvil counts as hung. */
    private static final int MAX_FAILURES = 5;
    /** So long a look waits for an answer: anvil answers within milliseconds, on a crowded machine within a second. */
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(3);
    /** A whole state may be large. */
    private static final Duration DUMP_TIMEOUT = Duration.ofMinutes(1);

    private final AnvilSettings settings;
    private final Path state;
    private final FolderLock lock;
    private final ScheduledExecutorService keeper;
    private volatile AnvilProcess process;
    private final JsonRpc rpc;
    private long lastBlockNanos;
    private long lastSnapshotNanos;
    private boolean changed;
    private int failures;
    private long lastHeight = -1;

    private Anvil(AnvilSettings settings) {
        this.settings = settings;
        this.state = settings.folder().resolve("state.json");
        this.lock = FolderLock.take(settings.folder()).orElseThrow(() -> taken(settings));
        try {
            this.process = AnvilProcess.start(settings, settings.port(), state);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
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
     * @throws ChainException with {@link Problem#ANVIL_FAILED}, {@link Problem#PORT_IN_USE} or
     *     {@link Problem#FOLDER_UNUSABLE}
     */
    public static Anvil start(AnvilSettings settings) {
        return new Anvil(settings);
    }

    /** Without the lock a second program would end the first one's anvil as an orphan. */
    private static ChainException taken(AnvilSettings settings) {
        AnvilProcess.requireFree(settings.port());
        return new ChainException(
                Problem.FOLDER_UNUSABLE,
                "another program runs the chain in " + settings.folder(),
                "end it, or name another folder");
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
    public synchronized void setBalance(String address, BigInteger wei) {
        rpc.call("anvil_setBalance", List.of(address, "0x" + wei.toString(16)), LOOK_TIMEOUT);
        changed = true;
    }

    /** Lets time pass on the chain, and makes a block at its end. */
    public synchronized void passTime(long seconds) {
        rpc.call("evm_increaseTime", List.of(seconds), LOOK_TIMEOUT);
        rpc.call("evm_mine", List.of(), LOOK_TIMEOUT);
        changed = true;
    }

    /**
     * Saves the state now; when this returns it is on disk. Like all that changes the chain from here it is synchronised:
     * anvil dumps blocks and accounts one after the other, and a block in between would be in one of them only.
     */
    public synchronized void snapshot() {
        byte[] zipped = HexFormat.of()
                .parseHex(rpc.call("anvil_dumpState", List.of(), DUMP_TIMEOUT)
                        .asText()
                        .substring(2));
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            // A reader sees the old snapshot or the new one, never a part.
            WholeFile.replace(state, ByteBuffer.wrap(unzipped.readAllBytes()));
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, "the chain's state cannot be saved in " + state, "make room there", e);
        }
        changed = false;
        lastSnapshotNanos = System.nanoTime();
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
                lastSnapshotNanos = now;
                inspect();
            }
            failures = 0;
        } catch (RuntimeException e) {
            // Whatever it is, the keeper goes on: without it no block would be made any more.
            failures++;
            LOG.warn("anvil does not answer ({} of {}): {}", failures, MAX_FAILURES, e.getMessage());
            if (failures >= MAX_FAILURES) {
                restart("it does not answer");
            }
        }
    }

    /** Between two of these there is always a heartbeat block: a height that stands still means that it hangs. */
    private void inspect() {
        long height =
                Long.decode(rpc.call("eth_blockNumber", List.of(), LOOK_TIMEOUT).asText());
        if (height == lastHeight) {
            restart("no block was made since height " + height);
            return;
        }
        lastHeight = height;
        if (process.memoryMib() > settings.memoryLimitMib()) {
            snapshot();
            restart("it uses more than " + settings.memoryLimitMib() + " MiB");
        } else if (changed) {
            snapshot();
        }
    }

    private void mineWhenDue() {
        long waiting = Long.decode(rpc.call("txpool_status", List.of(), LOOK_TIMEOUT)
                .get("pending")
                .asText());
        long now = System.nanoTime();
        if (waiting > 0 || now - lastBlockNanos >= settings.blockTime().toNanos()) {
            rpc.call("evm_mine", List.of(), LOOK_TIMEOUT);
            lastBlockNanos = now;
            // Empty blocks alone are not worth a snapshot.
            changed |= waiting > 0;
        }
    }

    private void restart(String why) {
        LOG.warn("anvil is started again from its last snapshot: {}", why);
        try {
            process.kill();
            lastHeight = -1;
            process = AnvilProcess.start(settings, process.rpc().getPort(), state);
            failures = 0;
        } catch (RuntimeException e) {
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
            lock.close();
        }
    }
}

package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthEstimateGas;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * All transactions of one key on one chain, in the order of their nonces: many are under way at once, each is on disk
 * before it is sent, what the chain lost is sent again, what is stuck is paid more, and a transaction is done when so many
 * blocks confirm it as asked.
 *
 * <p>Rules CHAIN-01 to CHAIN-06. One key must have one pipeline only, or two transactions compete for a nonce.
 */
public final class TransactionPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionPipeline.class);

    /**
     * How the pipeline goes about it.
     *
     * @param gas what transactions may cost
     * @param confirmations blocks that must hold a transaction, its own included
     * @param maxPending transactions that may wait at once; nodes keep only so many of one key
     * @param roomWithin how long a sender waits while so many wait, before it is refused
     * @param poll how often the chain is asked
     * @param stuckAfter how long a transaction may wait before it is paid more
     * @param settleAfter how long a confirmed transaction is kept, to be sent again should the chain lose it: longer than
     *     any re-organisation, and on a local chain than the time between two snapshots
     */
    public record Settings(
            GasPolicy gas,
            int confirmations,
            int maxPending,
            Duration roomWithin,
            Duration poll,
            Duration stuckAfter,
            Duration settleAfter) {
        /** For a local chain: one confirmation, asked for ten times a second. */
        public static final Settings LOCAL = new Settings(
                GasPolicy.USUAL,
                1,
                256,
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1));

        /** For a public chain: twelve confirmations. */
        public static final Settings PUBLIC = new Settings(
                GasPolicy.USUAL,
                12,
                64,
                Duration.ofMinutes(5),
                Duration.ofSeconds(4),
                Duration.ofMinutes(2),
                Duration.ofMinutes(20));
    }

    /** So many confirmed transactions are kept for each that may wait. */
    private static final int KEPT_FACTOR = 64;

    /** CHAIN-05. A node may have gone back, or lag behind the one that told the nonce: only after so many looks it is certain. */
    private static final int ABSENT_LOOKS = 10;

    /** What nodes say of a transaction that they have, or whose nonce was just mined. */
    private static final Pattern HARMLESS = Pattern.compile("(?i)already (known|imported)|nonce too low");

    private final ChainConnection chain;
    private final Web3j web3j;
    private final TransactionSigner signer;
    private final Settings settings;
    private final Outbox outbox;
    private final FolderLock lock;
    /** What waits, and what was confirmed and is not settled yet. */
    private final NavigableMap<Long, Pending> pending = new TreeMap<>();

    private final ScheduledExecutorService watcher;
    private long next;
    private int waiting;
    private long takenBack;
    private boolean wentBack;

    private TransactionPipeline(
            ChainConnection chain, Credentials key, Settings settings, Outbox outbox, FolderLock lock) {
        this.chain = chain;
        this.web3j = chain.web3j();
        this.signer = new TransactionSigner(chain.chainId(), key);
        this.settings = settings;
        this.outbox = outbox;
        this.lock = lock;
        this.next = chain.nonceOf(address());
        long now = System.nanoTime();
        outbox.load().forEach((nonce, kept) -> {
            var entry = new Pending(nonce, kept.signed());
            kept.confirmedFor().ifPresentOrElse(age -> entry.confirm(now - age.toNanos()), () -> waiting++);
            pending.put(nonce, entry);
            next = Math.max(next, nonce + 1);
        });
        this.watcher = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "chain-" + key.getAddress().substring(0, 10));
            thread.setDaemon(true);
            return thread;
        });
        long millis = settings.poll().toMillis();
        watcher.scheduleWithFixedDelay(this::watch, 0, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes up what an earlier run left in the folder, and is ready for more.
     *
     * @param folder for this key on this chain alone
     * @throws ChainException with {@link Problem#UNREACHABLE} or {@link Problem#FOLDER_UNUSABLE}
     */
    public static TransactionPipeline open(ChainConnection chain, Credentials key, Settings settings, Path folder) {
        FolderLock lock = FolderLock.take(folder)
                .orElseThrow(() -> new ChainException(
                        Problem.FOLDER_UNUSABLE,
                        "the pending transactions in " + folder + " are another program's, or another pipeline's",
                        "use each key in one place only"));
        try {
            return new TransactionPipeline(chain, key, settings, new Outbox(folder), lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public String address() {
        return signer.key().getAddress();
    }

    /** Transactions not confirmed yet, by nonce, those of an earlier run included; each future ends with the receipt. */
    public synchronized Map<Long, CompletableFuture<TransactionReceipt>> underWay() {
        var view = new TreeMap<Long, CompletableFuture<TransactionReceipt>>();
        pending.forEach((nonce, p) -> {
            if (!p.confirmed) {
                view.put(nonce, p.done);
            }
        });
        return view;
    }

    /** How often a confirmed transaction left the chain, by a re-organisation or a crash, and was sent again. */
    public synchronized long takenBack() {
        return takenBack;
    }

    /**
     * Signs and sends a transaction, without waiting for it; while as many as may wait do, it waits for room. When this
     * returns, the transaction is on disk and will be sent until it is confirmed; the future ends with its receipt, also
     * when a contract reverted it.
     *
     * @param to the contract, or null to create one
     * @throws ChainException when the chain cannot be asked, or would refuse it: then nothing was sent and no nonce used
     */
    public synchronized CompletableFuture<TransactionReceipt> send(
            @Nullable String to, String data, BigInteger valueWei) {
        awaitRoom();
        BigInteger estimate = chain.send(
                web3j.ethEstimateGas(new Transaction(address(), null, null, null, to, valueWei, data)),
                EthEstimateGas::getAmountUsed);
        GasPolicy.Fee fee = settings.gas().feeFor(chain.baseFeeWei());
        BigInteger limit = settings.gas().limitFor(estimate);
        requireFunds(valueWei.add(limit.multiply(fee.maxWei())));
        requireNoHole();
        long nonce = next;
        var entry = new Pending(nonce, List.of(signer.sign(nonce, limit, fee, to, data, valueWei)));
        outbox.put(nonce, entry.signed);
        pending.put(nonce, entry);
        waiting++;
        next = nonce + 1;
        broadcast(entry);
        return entry.done;
    }

    /** CHAIN-02. Those that wait are confirmed by the watcher, which needs this lock: waiting for room lets go of it. */
    private void awaitRoom() {
        long end = System.nanoTime() + settings.roomWithin().toNanos();
        while (waiting >= settings.maxPending() || pending.size() >= settings.maxPending() * KEPT_FACTOR) {
            long left = end - System.nanoTime();
            if (left <= 0 || watcher.isShutdown()) {
                throw tooManyPending(null);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw tooManyPending(e);
            }
        }
    }

    private ChainException tooManyPending(@Nullable Throwable cause) {
        return new ChainException(
                Problem.TOO_MANY_PENDING,
                waiting + " transactions of " + address() + " wait for the chain, and " + (pending.size() - waiting)
                        + " are kept until they are settled",
                "see whether the chain makes blocks, and repeat when some are confirmed",
                cause);
    }

    /** CHAIN-06. A transaction behind a nonce that nobody holds would wait for ever. */
    private void requireNoHole() {
        if (pending.isEmpty()) {
            long onChain = chain.nonceOf(address());
            wentBack = onChain < next;
            next = Math.max(next, onChain);
        }
        if (wentBack) {
            throw new ChainException(
                    Problem.CHAIN_WENT_BACK,
                    "the chain lost transactions of " + address() + " that were settled",
                    "restore the chain's state; or, if it is to go on from where it is, begin with an empty folder of"
                            + " pending transactions and repeat what is still needed");
        }
    }

    private synchronized void watch() {
        try {
            if (!pending.isEmpty()) {
                look();
            }
        } catch (ChainException e) {
            // The chain may be down for a while; what waits is on disk, and the next look tries again.
            LOG.warn("transactions of {} wait: {}", address(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("transactions of {} cannot be watched", address(), e);
        }
        notifyAll();
    }

    private void look() {
        long onChain = chain.nonceOf(address());
        long height = chain.height();
        boolean hole = onChain < pending.firstKey();
        if (hole && !wentBack) {
            LOG.error("the chain expects nonce {} of {}, which was settled and is lost", onChain, address());
        }
        wentBack = hole;
        for (Pending p : List.copyOf(pending.values())) {
            if (p.confirmed) {
                settle(p, onChain);
            }
            if (!p.confirmed && p.nonce < onChain) {
                confirm(p, height);
            } else if (!p.confirmed) {
                press(p, onChain);
            }
        }
    }

    private void confirm(Pending p, long height) {
        Optional<TransactionReceipt> receipt = receiptOf(p);
        if (receipt.isPresent()) {
            p.absentLooks = 0;
            long depth = height - receipt.get().getBlockNumber().longValueExact() + 1;
            if (depth >= settings.confirmations()) {
                outbox.confirm(p.nonce);
                p.confirm(System.nanoTime());
                waiting--;
                tell(() -> p.done.complete(receipt.get()));
            }
            return;
        }
        if (chain.nonceOf(address()) <= p.nonce || ++p.absentLooks < ABSENT_LOOKS) {
            return;
        }
        waiting--;
        forget(p);
        var taken = new ChainException(
                Problem.NONCE_TAKEN,
                "nonce " + p.nonce + " of " + address() + " was used by a transaction that was not sent from here",
                "use each key in one place only, and repeat what is still needed");
        tell(() -> p.done.completeExceptionally(taken));
    }

    private Optional<TransactionReceipt> receiptOf(Pending p) {
        return p.signed.stream()
                .map(signed -> chain.send(
                        web3j.ethGetTransactionReceipt(Hash.sha3(signed)),
                        EthGetTransactionReceipt::getTransactionReceipt))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Elsewhere than on the watcher: who is told may send, and wait for room that only the watcher makes. */
    private static void tell(Runnable news) {
        ForkJoinPool.commonPool().execute(news);
    }

    /** CHAIN-04. Lets go of what is confirmed for long enough, unless the chain lost it: then it waits once more. */
    private void settle(Pending p, long onChain) {
        if (p.nonce >= onChain) {
            LOG.warn("nonce {} of {} left the chain (a re-organisation or a crash): sent again", p.nonce, address());
            outbox.reopen(p.nonce);
            p.reopen();
            waiting++;
            takenBack++;
        } else if (System.nanoTime() - p.confirmedNanos > settings.settleAfter().toNanos()) {
            forget(p);
        }
    }

    /** CHAIN-03. Sends again what the chain does not know, and pays more for what it does not take. */
    private void press(Pending p, long onChain) {
        p.absentLooks = 0;
        boolean known = chain.send(
                web3j.ethGetTransactionByHash(Hash.sha3(p.newest())),
                r -> r.getTransaction().isPresent());
        if (!known && broadcast(p)) {
            p.sentNanos = System.nanoTime();
        } else if (p.nonce == onChain
                && System.nanoTime() - p.sentNanos > settings.stuckAfter().toNanos()) {
            replace(p);
        }
    }

    private void replace(Pending p) {
        GasPolicy.Fee fee = TransactionSigner.feeOf(p.newest());
        GasPolicy.Fee more = settings.gas().replacing(fee, chain.baseFeeWei());
        p.sentNanos = System.nanoTime();
        if (more.equals(fee)) {
            LOG.warn("nonce {} of {} is stuck at the ceiling of the gas policy", p.nonce, address());
            return;
        }
        p.signed.add(signer.again(p.newest(), more));
        outbox.put(p.nonce, p.signed);
        broadcast(p);
    }

    private void forget(Pending p) {
        outbox.remove(p.nonce);
        pending.remove(p.nonce);
    }

    /** False when the node did not take it; the next look tries again, or pays more. */
    private boolean broadcast(Pending p) {
        try {
            EthSendTransaction answer = chain.sendAny(web3j.ethSendRawTransaction(p.newest()));
            if (!answer.hasError()) {
                return true;
            }
            String said = answer.getError().getMessage();
            if (!said.equals(p.complaint) && !HARMLESS.matcher(said).find()) {
                LOG.warn("nonce {} of {} is not taken: {}", p.nonce, address(), said);
            }
            p.complaint = said;
        } catch (ChainException e) {
            LOG.warn("nonce {} of {} will be sent again: {}", p.nonce, address(), e.getMessage());
        }
        return false;
    }

    /** Nodes differ in whether an estimate looks at the balance. */
    private void requireFunds(BigInteger neededWei) {
        BigInteger balanceWei = chain.balanceWei(address());
        if (balanceWei.compareTo(neededWei) < 0) {
            throw new ChainException(
                    Problem.FUNDS_TOO_LOW,
                    address() + " holds " + balanceWei + " wei, the transaction may cost " + neededWei,
                    "send it " + neededWei.subtract(balanceWei) + " wei and repeat");
        }
    }

    /** Stops watching. What waits stays on disk for the next run. */
    @Override
    public void close() {
        watcher.shutdownNow();
        synchronized (this) {
            notifyAll();
            lock.close();
        }
    }
}

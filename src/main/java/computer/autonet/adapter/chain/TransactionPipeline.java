package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthEstimateGas;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import org.web3j.protocol.core.methods.response.EthGetTransactionCount;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * All transactions of one key on one chain, in the order of their nonces: many are under way at once, each is on disk
 * before it is sent, what the chain lost is sent again, what is stuck is paid more, and a transaction is done when so many
 * blocks confirm it as asked.
 *
 * <p>One key must have one pipeline only, or two transactions compete for a nonce.
 */
public final class TransactionPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionPipeline.class);

    /**
     * How the pipeline goes about it.
     *
     * @param gas what transactions may cost
     * @param confirmations blocks that must hold a transaction, its own included
     * @param maxPending transactions that may wait at once; nodes keep only so many of one key
     * @param poll how often the chain is asked
     * @param stuckAfter how long a transaction may wait before it is paid more
     * @param settleAfter how long a confirmed transaction is kept, to be sent again should the chain lose it: longer than
     *     any re-organisation, and on a local chain than the time between two snapshots
     */
    public record Settings(
            GasPolicy gas,
            int confirmations,
            int maxPending,
            Duration poll,
            Duration stuckAfter,
            Duration settleAfter) {
        /** For a local chain: one confirmation, asked for ten times a second. */
        public static final Settings LOCAL = new Settings(
                GasPolicy.USUAL, 1, 256, Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofMinutes(1));

        /** For a public chain: twelve confirmations. */
        public static final Settings PUBLIC = new Settings(
                GasPolicy.USUAL, 12, 64, Duration.ofSeconds(4), Duration.ofMinutes(2), Duration.ofMinutes(20));
    }

    /** So many confirmed transactions are kept for each that may wait. */
    private static final int KEPT_FACTOR = 64;

    private static final class Pending {
        private final long nonce;
        private final List<String> signed;
        private final CompletableFuture<TransactionReceipt> done = new CompletableFuture<>();
        private long sentNanos = System.nanoTime();
        /** When it was confirmed, or 0. */
        private long confirmedNanos;

        private Pending(long nonce, List<String> signed) {
            this.nonce = nonce;
            this.signed = new ArrayList<>(signed);
        }

        private String newest() {
            return signed.get(signed.size() - 1);
        }
    }

    private final ChainConnection chain;
    private final Web3j web3j;
    private final Credentials key;
    private final Settings settings;
    private final Outbox outbox;
    private final NavigableMap<Long, Pending> pending = new TreeMap<>();
    private final ScheduledExecutorService watcher;
    private long next;
    private int unconfirmed;

    private TransactionPipeline(ChainConnection chain, Credentials key, Settings settings, Outbox outbox) {
        this.chain = chain;
        this.web3j = chain.web3j();
        this.key = key;
        this.settings = settings;
        this.outbox = outbox;
        this.next = nonceOnChain();
        outbox.load().forEach((nonce, signed) -> {
            pending.put(nonce, new Pending(nonce, signed));
            unconfirmed++;
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
        return new TransactionPipeline(chain, key, settings, new Outbox(folder));
    }

    public String address() {
        return key.getAddress();
    }

    /** Transactions not confirmed yet, by nonce, those of an earlier run included; each future ends with the receipt. */
    public synchronized Map<Long, CompletableFuture<TransactionReceipt>> underWay() {
        var view = new TreeMap<Long, CompletableFuture<TransactionReceipt>>();
        pending.forEach((nonce, p) -> {
            if (p.confirmedNanos == 0) {
                view.put(nonce, p.done);
            }
        });
        return view;
    }

    /**
     * Signs and sends a transaction, without waiting for it. When this returns it is on disk and will be sent until it is
     * confirmed; the future ends with its receipt, also when a contract reverted it.
     *
     * @param to the contract, or null to create one
     * @throws ChainException when the chain cannot be asked, or would refuse it: then nothing was sent and no nonce used
     */
    public synchronized CompletableFuture<TransactionReceipt> send(
            @Nullable String to, String data, BigInteger valueWei) {
        if (unconfirmed >= settings.maxPending() || pending.size() >= settings.maxPending() * KEPT_FACTOR) {
            throw new ChainException(
                    Problem.TOO_MANY_PENDING,
                    unconfirmed + " transactions of " + address() + " wait for the chain",
                    "wait until some are confirmed");
        }
        BigInteger estimate = chain.send(
                web3j.ethEstimateGas(new Transaction(address(), null, null, null, to, valueWei, data)),
                EthEstimateGas::getAmountUsed);
        GasPolicy.Fee fee = settings.gas().feeFor(baseFee());
        BigInteger limit = settings.gas().limitFor(estimate);
        requireFunds(valueWei.add(limit.multiply(fee.maxWei())));
        long nonce = next;
        String signed = sign(nonce, limit, fee, to, data, valueWei);
        var entry = new Pending(nonce, List.of(signed));
        outbox.put(nonce, entry.signed);
        pending.put(nonce, entry);
        unconfirmed++;
        next = nonce + 1;
        broadcast(entry);
        return entry.done;
    }

    private synchronized void watch() {
        try {
            if (pending.isEmpty()) {
                return;
            }
            long onChain = nonceOnChain();
            long height =
                    chain.send(web3j.ethBlockNumber(), r -> r.getBlockNumber().longValueExact());
            for (Pending p : List.copyOf(pending.values())) {
                if (p.confirmedNanos != 0) {
                    settle(p, onChain);
                }
                if (p.confirmedNanos == 0 && p.nonce < onChain) {
                    confirm(p, height);
                } else if (p.confirmedNanos == 0) {
                    press(p, onChain);
                }
            }
        } catch (ChainException e) {
            // The chain may be down for a while; what waits is on disk, and the next look tries again.
            LOG.warn("transactions of {} wait: {}", address(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("transactions of {} cannot be watched", address(), e);
        }
    }

    private void confirm(Pending p, long height) {
        for (String signed : p.signed) {
            var receipt = chain.send(
                    web3j.ethGetTransactionReceipt(Hash.sha3(signed)), EthGetTransactionReceipt::getTransactionReceipt);
            if (receipt.isPresent()) {
                long depth = height - receipt.get().getBlockNumber().longValueExact() + 1;
                if (depth >= settings.confirmations()) {
                    p.confirmedNanos = System.nanoTime();
                    unconfirmed--;
                    p.done.complete(receipt.get());
                }
                return;
            }
        }
        unconfirmed--;
        forget(p);
        p.done.completeExceptionally(new ChainException(
                Problem.NONCE_TAKEN,
                "nonce " + p.nonce + " of " + address() + " was used by a transaction that was not sent from here",
                "use each key in one place only, and repeat what is still needed"));
    }

    /** Lets go of what is confirmed for long enough, unless the chain lost it: then it waits once more. */
    private void settle(Pending p, long onChain) {
        if (p.nonce >= onChain) {
            LOG.warn(
                    "nonce {} of {} left the chain (a re-organisation or a crash): it is sent again",
                    p.nonce,
                    address());
            p.confirmedNanos = 0;
            unconfirmed++;
        } else if (System.nanoTime() - p.confirmedNanos > settings.settleAfter().toNanos()) {
            forget(p);
        }
    }

    /** Sends again what the chain does not know, and pays more for what it knows but does not take. */
    private void press(Pending p, long onChain) {
        boolean known = chain.send(
                web3j.ethGetTransactionByHash(Hash.sha3(p.newest())),
                r -> r.getTransaction().isPresent());
        if (!known) {
            broadcast(p);
        } else if (p.nonce == onChain
                && System.nanoTime() - p.sentNanos > settings.stuckAfter().toNanos()) {
            replace(p);
        }
    }

    private void replace(Pending p) {
        RawTransaction old = TransactionDecoder.decode(p.newest());
        var transaction = (org.web3j.crypto.transaction.type.Transaction1559) old.getTransaction();
        var fee = new GasPolicy.Fee(transaction.getMaxPriorityFeePerGas(), transaction.getMaxFeePerGas());
        GasPolicy.Fee more = settings.gas().raise(fee);
        p.sentNanos = System.nanoTime();
        if (more.equals(fee)) {
            LOG.warn("nonce {} of {} is stuck at the ceiling of the gas policy", p.nonce, address());
            return;
        }
        String to = old.getTo() == null || old.getTo().equals("0x") ? null : old.getTo();
        p.signed.add(sign(p.nonce, old.getGasLimit(), more, to, old.getData(), old.getValue()));
        outbox.put(p.nonce, p.signed);
        broadcast(p);
    }

    private void forget(Pending p) {
        outbox.remove(p.nonce);
        pending.remove(p.nonce);
    }

    private void broadcast(Pending p) {
        try {
            EthSendTransaction answer = chain.sendAny(web3j.ethSendRawTransaction(p.newest()));
            if (answer.hasError()) {
                // Known already, or a nonce just mined: the next look tells. Nothing else can be wrong with it for
                // good.
                LOG.debug(
                        "nonce {} of {}: {}",
                        p.nonce,
                        address(),
                        answer.getError().getMessage());
            }
        } catch (ChainException e) {
            LOG.warn("nonce {} of {} will be sent again: {}", p.nonce, address(), e.getMessage());
        }
    }

    private String sign(
            long nonce, BigInteger gasLimit, GasPolicy.Fee fee, @Nullable String to, String data, BigInteger valueWei) {
        var raw = RawTransaction.createTransaction(
                chain.chainId(),
                BigInteger.valueOf(nonce),
                gasLimit,
                to == null ? "" : to,
                valueWei,
                data,
                fee.tipWei(),
                fee.maxWei());
        return Numeric.toHexString(TransactionEncoder.signMessage(raw, key));
    }

    /** Nodes differ in whether an estimate looks at the balance. */
    private void requireFunds(BigInteger neededWei) {
        BigInteger balanceWei =
                chain.send(web3j.ethGetBalance(address(), DefaultBlockParameterName.LATEST), EthGetBalance::getBalance);
        if (balanceWei.compareTo(neededWei) < 0) {
            throw new ChainException(
                    Problem.FUNDS_TOO_LOW,
                    address() + " holds " + balanceWei + " wei, the transaction may cost " + neededWei,
                    "send it " + neededWei.subtract(balanceWei) + " wei and repeat");
        }
    }

    private BigInteger baseFee() {
        EthBlock.Block block =
                chain.send(web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false), EthBlock::getBlock);
        return block.getBaseFeePerGas() == null ? BigInteger.ZERO : block.getBaseFeePerGas();
    }

    private long nonceOnChain() {
        return chain.send(
                        web3j.ethGetTransactionCount(address(), DefaultBlockParameterName.LATEST),
                        EthGetTransactionCount::getTransactionCount)
                .longValueExact();
    }

    /** Stops watching. What waits stays on disk for the next run. */
    @Override
    public void close() {
        watcher.shutdownNow();
    }
}

package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthGetCode;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.response.TransactionReceiptProcessor;

/** The form in which web3j's classes for contracts use a {@link TransactionPipeline}, whose gas policy is the one that counts. */
public final class PipelinedTransactions extends TransactionManager {
    /** On a local chain, where a block is never further than a second away. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ChainConnection chain;
    private final TransactionPipeline pipeline;
    private final Waiting waiting;

    /** Hands out names for transactions, because a hash changes when the fee is raised. */
    private static final class Waiting extends TransactionReceiptProcessor {
        private final Map<String, CompletableFuture<TransactionReceipt>> byTicket = new ConcurrentHashMap<>();
        private final AtomicLong tickets = new AtomicLong();
        private final Duration patience;

        private Waiting(Web3j web3j, Duration patience) {
            super(web3j);
            this.patience = patience;
        }

        private String admit(CompletableFuture<TransactionReceipt> future) {
            String ticket = "ticket-" + tickets.incrementAndGet();
            byTicket.put(ticket, future);
            return ticket;
        }

        @Override
        public TransactionReceipt waitForTransactionReceipt(String ticket) throws IOException {
            CompletableFuture<TransactionReceipt> future = byTicket.remove(ticket);
            if (future == null) {
                throw new IOException("no transaction waits under " + ticket);
            }
            try {
                return future.get(patience.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ChainException problem) {
                    throw problem;
                }
                throw new IOException(e.getCause());
            } catch (TimeoutException e) {
                throw new ChainException(
                        Problem.NOT_CONFIRMED,
                        "a transaction was not confirmed within " + patience.toSeconds() + " s",
                        "it stays under way: see whether the chain makes blocks, and ask again later",
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    private PipelinedTransactions(ChainConnection chain, TransactionPipeline pipeline, Waiting waiting) {
        super(waiting, pipeline.address());
        this.chain = chain;
        this.pipeline = pipeline;
        this.waiting = waiting;
    }

    /** For a local chain. */
    public static PipelinedTransactions over(ChainConnection chain, TransactionPipeline pipeline) {
        return over(chain, pipeline, PATIENCE);
    }

    /**
     * With so much patience: a transaction that is not confirmed by then stays under way, only the waiting ends.
     */
    public static PipelinedTransactions over(ChainConnection chain, TransactionPipeline pipeline, Duration patience) {
        return new PipelinedTransactions(chain, pipeline, new Waiting(chain.web3j(), patience));
    }

    @Override
    public EthSendTransaction sendTransaction(
            BigInteger gasPrice,
            BigInteger gasLimit,
            @Nullable String to,
            String data,
            BigInteger value,
            boolean constructor) {
        var answer = new EthSendTransaction();
        answer.setResult(waiting.admit(pipeline.send(constructor ? null : to, data, value)));
        return answer;
    }

    @Override
    public EthSendTransaction sendEIP1559Transaction(
            long chainId,
            BigInteger maxPriorityFeePerGas,
            BigInteger maxFeePerGas,
            BigInteger gasLimit,
            @Nullable String to,
            String data,
            BigInteger value,
            boolean constructor) {
        return sendTransaction(maxFeePerGas, gasLimit, to, data, value, constructor);
    }

    @Override
    public String sendCall(String to, String data, DefaultBlockParameter block) {
        EthCall answer = chain.sendAny(
                chain.web3j().ethCall(Transaction.createEthCallTransaction(pipeline.address(), to, data), block));
        if (answer.hasError()) {
            throw chain.refused("eth_call", answer.getError());
        }
        return answer.getValue();
    }

    @Override
    public EthGetCode getCode(String address, DefaultBlockParameter block) {
        return chain.sendAny(chain.web3j().ethGetCode(address, block));
    }
}

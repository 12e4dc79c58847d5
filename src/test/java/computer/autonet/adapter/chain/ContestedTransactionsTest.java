package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Transactions on a chain that prices them out, and on one that changes its mind: here blocks are made only when asked for. */
@Timeout(120)
class ContestedTransactionsTest {
    private static final String TO = "0x00000000000000000000000000000000000000b2";
    private static final BigInteger GWEI = BigInteger.valueOf(1_000_000_000);

    @TempDir
    Path folder;

    private AnvilProcess anvil;
    private JsonRpc rpc;
    private Credentials key;
    private ChainConnection chain;

    @BeforeEach
    void start() throws Exception {
        Path home = Files.createDirectories(folder.resolve("chain"));
        anvil = AnvilProcess.start(AnvilSettings.in(home, LocalChain.programOrSkip()), 0, home.resolve("no state"));
        rpc = new JsonRpc(anvil.rpc());
        key = LocalChain.credentials(LocalChain.key("sender"));
        call("anvil_setBalance", key.getAddress(), "0x3635c9adc5dea00000");
        chain = ChainConnection.open(anvil.rpc(), AnvilSettings.LOCAL_CHAIN, LocalChain.TIMEOUT);
    }

    @AfterEach
    void stop() {
        if (chain != null) {
            chain.close();
        }
        if (anvil != null) {
            anvil.kill();
        }
    }

    @Test
    void chain03_aStuckTransactionIsReplacedByOneThatPaysMoreAndHappensOnce() throws Exception {
        try (TransactionPipeline pipeline = open(1, Duration.ofMillis(300))) {
            CompletableFuture<TransactionReceipt> done = pipeline.send(TO, "0x", BigInteger.ONE);
            String cheap = waitingHash();
            // The base fee leaps above what it offers: blocks pass it by.
            BigInteger dear = GWEI.multiply(BigInteger.valueOf(50));
            LocalChain.await(
                    () -> {
                        mineAt(dear);
                        return done.isDone();
                    },
                    Duration.ofSeconds(60));
            TransactionReceipt receipt = done.get();
            assertThat(receipt.getTransactionHash()).isNotEqualTo(cheap);
            assertThat(quantity(receipt.getEffectiveGasPrice())).isGreaterThan(dear);
            assertThat(received()).as("once").isEqualTo(1);
            assertThat(chain.nonceOf(key.getAddress())).isEqualTo(1);
            assertThat(done(pipeline.send(TO, "0x", BigInteger.ONE)).isStatusOK())
                    .as("the next one is not held up")
                    .isTrue();
        }
    }

    @Test
    void chain03_atTheCeilingNothingIsPaidMoreAndItWaitsUntilTheChainIsCheaper() throws Exception {
        BigInteger ceiling = GWEI.multiply(BigInteger.valueOf(4));
        var tight = new GasPolicy(GWEI, ceiling, 125);
        try (TransactionPipeline pipeline = open(tight, 1, Duration.ofMillis(200))) {
            CompletableFuture<TransactionReceipt> done = pipeline.send(TO, "0x", BigInteger.ONE);
            waitingHash();
            LocalChain.await(
                    () -> {
                        mineAt(ceiling.add(BigInteger.ONE));
                        GasPolicy.Fee offered = TransactionSigner.feeOf(newestForm());
                        return tight.replacing(offered, ceiling).equals(offered);
                    },
                    Duration.ofSeconds(60));
            List<String> atTheCeiling = forms();
            for (int i = 0; i < 100; i++) {
                mineAt(ceiling.add(BigInteger.ONE));
            }
            assertThat(done).isNotDone();
            assertThat(forms())
                    .isEqualTo(atTheCeiling)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(signed ->
                            assertThat(TransactionSigner.feeOf(signed).maxWei()).isLessThanOrEqualTo(ceiling));
            LocalChain.await(
                    () -> {
                        mineAt(GWEI);
                        return done.isDone();
                    },
                    Duration.ofSeconds(60));
            assertThat(received()).isEqualTo(1);
        }
    }

    @Test
    void chain04_whatAReorganisationTookBackIsNoticedAndSentAgain() throws Exception {
        try (TransactionPipeline pipeline = open(1, Duration.ofMinutes(1))) {
            mine();
            long before = height();
            var early = new ArrayList<TransactionReceipt>();
            for (int i = 0; i < 3; i++) {
                early.add(done(pipeline.send(TO, "0x", BigInteger.ONE)));
            }
            assertThat(received()).isEqualTo(3);
            call("anvil_reorg", height() - before, List.of());
            assertThat(received()).as("confirmed too early").isLessThan(3);
            LocalChain.await(
                    () -> {
                        mine();
                        return received() == 3;
                    },
                    Duration.ofSeconds(60));
            assertThat(pipeline.takenBack()).isPositive();
            assertThat(chain.nonceOf(key.getAddress())).isEqualTo(3);
            LocalChain.await(() -> pipeline.underWay().isEmpty(), Duration.ofSeconds(30));
            assertThat(early)
                    .allSatisfy(receipt -> assertThat(receipt.isStatusOK()).isTrue());
        }
    }

    @Test
    void chain04_withMoreConfirmationsAReorganisationIsNoNewsToTheCaller() throws Exception {
        try (TransactionPipeline pipeline = open(4, Duration.ofMinutes(1))) {
            mine();
            CompletableFuture<TransactionReceipt> done = pipeline.send(TO, "0x", BigInteger.ONE);
            waitingHash();
            mine();
            mine();
            assertThat(received()).isEqualTo(1);
            call("anvil_reorg", 2, List.of());
            assertThat(received()).isZero();
            assertThat(done).isNotDone();
            TransactionReceipt receipt = done(done);
            String block = call(
                            "eth_getBlockByNumber",
                            "0x" + receipt.getBlockNumber().toString(16),
                            false)
                    .get("hash")
                    .asText();
            assertThat(receipt.getBlockHash()).as("of the chain that holds now").isEqualTo(block);
            assertThat(pipeline.takenBack()).isZero();
            assertThat(received()).isEqualTo(1);
        }
    }

    private TransactionPipeline open(int confirmations, Duration stuckAfter) {
        return open(GasPolicy.USUAL, confirmations, stuckAfter);
    }

    private TransactionPipeline open(GasPolicy gas, int confirmations, Duration stuckAfter) {
        var local = TransactionPipeline.Settings.LOCAL;
        return TransactionPipeline.open(
                chain,
                key,
                new TransactionPipeline.Settings(
                        gas,
                        confirmations,
                        local.maxPending(),
                        local.roomWithin(),
                        Duration.ofMillis(50),
                        stuckAfter,
                        local.settleAfter()),
                folder.resolve("outbox"));
    }

    /** Makes blocks until it is confirmed. */
    private TransactionReceipt done(CompletableFuture<TransactionReceipt> future) throws Exception {
        LocalChain.await(
                () -> {
                    mine();
                    return future.isDone();
                },
                Duration.ofSeconds(60));
        return future.get(1, TimeUnit.SECONDS);
    }

    /** The one transaction that waits in the node. */
    private String waitingHash() {
        LocalChain.await(() -> pool().size() == 1, Duration.ofSeconds(30));
        return pool().elements().next().get("hash").asText();
    }

    /** What is on disk of the first transaction. */
    private List<String> forms() {
        try {
            return Files.readAllLines(folder.resolve("outbox").resolve("0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String newestForm() {
        List<String> forms = forms();
        return forms.get(forms.size() - 1);
    }

    private long height() {
        return quantity(call("eth_blockNumber").asText()).longValueExact();
    }

    private JsonNode pool() {
        JsonNode pending = call("txpool_content").get("pending");
        return pending.isEmpty() ? pending : pending.elements().next();
    }

    private static BigInteger quantity(String hex) {
        return new BigInteger(hex.substring(2), 16);
    }

    private void mine() {
        call("evm_mine");
    }

    /** A block that burns so much; without this the base fee falls from block to block. */
    private void mineAt(BigInteger baseFeeWei) {
        call("anvil_setNextBlockBaseFeePerGas", "0x" + baseFeeWei.toString(16));
        mine();
    }

    private long received() {
        return chain.balanceWei(TO).longValueExact();
    }

    private JsonNode call(String method, Object... parameters) {
        return rpc.call(method, List.of(parameters), LocalChain.TIMEOUT);
    }
}

package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** Transactions of one key: many at once, each exactly once, whatever is killed in between. */
@Timeout(300)
class TransactionPipelineTest {
    private static final String TO = "0x00000000000000000000000000000000000000b2";

    @TempDir
    Path folder;

    private Anvil anvil;
    private Credentials key;
    private ChainConnection chain;

    @BeforeEach
    void start() {
        anvil = LocalChain.start(folder.resolve("chain"));
        key = LocalChain.rich(anvil, "sender");
        anvil.snapshot();
        chain = ChainConnection.open(anvil.rpc(), AnvilSettings.LOCAL_CHAIN, LocalChain.TIMEOUT);
    }

    @AfterEach
    void stop() {
        if (anvil != null) {
            chain.close();
            anvil.close();
        }
    }

    @Test
    void manyAreUnderWayAtOnceAndAllAreConfirmedInOrder() throws Exception {
        try (TransactionPipeline pipeline = open(TransactionPipeline.Settings.LOCAL)) {
            var sent = new ArrayList<CompletableFuture<TransactionReceipt>>();
            for (int i = 0; i < 100; i++) {
                sent.add(pipeline.send(TO, "0x", BigInteger.ONE));
            }
            BigInteger last = BigInteger.ZERO;
            for (CompletableFuture<TransactionReceipt> receipt : sent) {
                TransactionReceipt got = receipt.get(30, TimeUnit.SECONDS);
                assertThat(got.isStatusOK()).isTrue();
                assertThat(got.getBlockNumber()).isGreaterThanOrEqualTo(last);
                last = got.getBlockNumber();
            }
            assertThat(received()).isEqualTo(100);
            assertThat(pipeline.underWay()).isEmpty();
        }
    }

    @Test
    void chain01_theRestIsSentExactlyOnceThoughChainAndClientAreKilledTwentyTimes() {
        long seed = 7;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        TransactionPipeline pipeline = open(TransactionPipeline.Settings.LOCAL);
        int wanted = 0;
        for (int kill = 0; kill < 20; kill++) {
            int batch = 1 + random.nextInt(12);
            for (int i = 0; i < batch; i++) {
                if (sendOrDown(pipeline)) {
                    wanted++;
                }
            }
            if (random.nextBoolean()) {
                ProcessHandle.of(anvil.pid()).ifPresent(ProcessHandle::destroyForcibly);
            } else {
                // A crashed client takes nothing along but what is on disk.
                pipeline.close();
                pipeline = reopen();
            }
            if (random.nextInt(4) == 0) {
                LocalChain.await(() -> down() || random.nextInt(20) == 0, Duration.ofSeconds(30));
            }
        }
        int expected = wanted;
        LocalChain.await(() -> !down() && received() == expected, Duration.ofSeconds(120));
        assertThat(received()).as("seed %d", seed).isEqualTo(expected);
        pipeline.close();
    }

    @Test
    void chain04_whatAKilledChainLostAfterItsConfirmationIsSentAgain() throws Exception {
        try (TransactionPipeline pipeline = open(TransactionPipeline.Settings.LOCAL)) {
            anvil.snapshot();
            for (int i = 0; i < 5; i++) {
                pipeline.send(TO, "0x", BigInteger.ONE).get(30, TimeUnit.SECONDS);
            }
            long first = anvil.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            LocalChain.await(() -> running() && anvil.pid() != first && !down(), Duration.ofSeconds(30));
            LocalChain.await(() -> received() == 5, Duration.ofSeconds(30));
        }
    }

    private boolean running() {
        return Files.exists(folder.resolve("chain").resolve("anvil.pid"));
    }

    @Test
    void anUnreachableChainIsATypedError() {
        URI nobody = URI.create("http://127.0.0.1:1");
        assertThatThrownBy(() -> ChainConnection.open(nobody, 1, Duration.ofSeconds(2)))
                .hasMessage("UNREACHABLE: no chain answers at http://127.0.0.1:1; start it (`autonet chain` starts a"
                        + " local one) or set its address right")
                .isInstanceOfSatisfying(
                        ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNREACHABLE));
    }

    @Test
    void anotherChainIsATypedError() {
        assertThatThrownBy(() -> ChainConnection.open(anvil.rpc(), 1, LocalChain.TIMEOUT))
                .isInstanceOfSatisfying(
                        ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CHAIN_MISMATCH));
    }

    @Test
    void aKeyWithoutEtherIsATypedErrorAndUsesNoNonce() {
        Credentials poor = LocalChain.credentials(LocalChain.key("poor"));
        try (TransactionPipeline pipeline =
                TransactionPipeline.open(chain, poor, TransactionPipeline.Settings.LOCAL, folder.resolve("poor"))) {
            assertThatThrownBy(() -> pipeline.send(TO, "0x", BigInteger.ONE))
                    .isInstanceOfSatisfying(
                            ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FUNDS_TOO_LOW));
            assertThat(pipeline.underWay()).isEmpty();
        }
    }

    @Test
    void aFeeAboveTheCeilingIsRefused() {
        var tight = new GasPolicy(BigInteger.ONE, BigInteger.TWO, 125);
        var local = TransactionPipeline.Settings.LOCAL;
        try (TransactionPipeline pipeline = open(new TransactionPipeline.Settings(
                tight, 1, 8, Duration.ZERO, local.poll(), local.stuckAfter(), local.settleAfter()))) {
            assertThatThrownBy(() -> pipeline.send(TO, "0x", BigInteger.ONE))
                    .isInstanceOfSatisfying(
                            ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FEE_TOO_HIGH));
        }
    }

    @Test
    void chain01_oneFolderHasOnePipelineAtATime() {
        try (TransactionPipeline first = open(TransactionPipeline.Settings.LOCAL)) {
            assertThat(first.underWay()).isEmpty();
            assertThatThrownBy(() -> open(TransactionPipeline.Settings.LOCAL))
                    .isInstanceOfSatisfying(
                            ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FOLDER_UNUSABLE));
        }
        open(TransactionPipeline.Settings.LOCAL).close();
    }

    @Test
    void chain02_moreThanMayWaitIsRefused() {
        var local = TransactionPipeline.Settings.LOCAL;
        try (TransactionPipeline pipeline = open(new TransactionPipeline.Settings(
                local.gas(), 1_000, 3, Duration.ZERO, local.poll(), local.stuckAfter(), local.settleAfter()))) {
            for (int i = 0; i < 3; i++) {
                pipeline.send(TO, "0x", BigInteger.ONE);
            }
            assertThatThrownBy(() -> pipeline.send(TO, "0x", BigInteger.ONE))
                    .isInstanceOfSatisfying(
                            ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOO_MANY_PENDING));
        }
    }

    @Test
    void chain02_whoSendsMoreThanMayWaitIsHeldBackUntilThereIsRoom() throws Exception {
        var local = TransactionPipeline.Settings.LOCAL;
        try (TransactionPipeline pipeline = open(new TransactionPipeline.Settings(
                local.gas(), 1, 3, Duration.ofSeconds(60), local.poll(), local.stuckAfter(), local.settleAfter()))) {
            var sent = new ArrayList<CompletableFuture<TransactionReceipt>>();
            for (int i = 0; i < 12; i++) {
                sent.add(pipeline.send(TO, "0x", BigInteger.ONE));
                assertThat(pipeline.underWay()).hasSizeLessThanOrEqualTo(3);
            }
            for (CompletableFuture<TransactionReceipt> receipt : sent) {
                receipt.get(30, TimeUnit.SECONDS);
            }
            assertThat(received()).isEqualTo(12);
        }
    }

    /** A client that counted them as waiting refused its own first transaction whenever enough were kept. */
    @Test
    void chain02_whatAnEarlierRunHadConfirmedTakesNoRoomOfTheNext() throws Exception {
        try (TransactionPipeline pipeline = open(TransactionPipeline.Settings.LOCAL)) {
            for (int i = 0; i < 5; i++) {
                pipeline.send(TO, "0x", BigInteger.ONE).get(30, TimeUnit.SECONDS);
            }
        }
        var local = TransactionPipeline.Settings.LOCAL;
        try (TransactionPipeline pipeline = open(new TransactionPipeline.Settings(
                local.gas(), 1, 3, Duration.ZERO, local.poll(), local.stuckAfter(), local.settleAfter()))) {
            assertThat(pipeline.underWay()).isEmpty();
            pipeline.send(TO, "0x", BigInteger.ONE).get(30, TimeUnit.SECONDS);
            assertThat(received()).isEqualTo(6);
        }
    }

    @Test
    void chain06_aChainThatLostWhatWasSettledIsATypedError() throws Exception {
        var local = TransactionPipeline.Settings.LOCAL;
        var rpc = new JsonRpc(anvil.rpc());
        String before = rpc.call("evm_snapshot", List.of(), LocalChain.TIMEOUT).asText();
        try (TransactionPipeline pipeline = open(new TransactionPipeline.Settings(
                local.gas(), 1, 3, Duration.ZERO, local.poll(), local.stuckAfter(), Duration.ZERO))) {
            pipeline.send(TO, "0x", BigInteger.ONE).get(30, TimeUnit.SECONDS);
            LocalChain.await(() -> isEmpty(folder.resolve("outbox")), Duration.ofSeconds(30));
            rpc.call("evm_revert", List.of(before), LocalChain.TIMEOUT);
            assertThatThrownBy(() -> pipeline.send(TO, "0x", BigInteger.ONE))
                    .isInstanceOfSatisfying(
                            ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CHAIN_WENT_BACK));
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.endsWith("lock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void chain05_aNonceThatSomebodyElseUsedIsATypedError() throws Exception {
        try (TransactionPipeline pipeline = open(TransactionPipeline.Settings.LOCAL)) {
            // While it keeps a transaction of its own, the pipeline counts nonces itself.
            pipeline.send(TO, "0x", BigInteger.ONE).get(30, TimeUnit.SECONDS);
            var raw = RawTransaction.createEtherTransaction(
                    AnvilSettings.LOCAL_CHAIN,
                    BigInteger.ONE,
                    BigInteger.valueOf(21_000),
                    TO,
                    BigInteger.TEN,
                    LocalChain.ETHER.divide(BigInteger.valueOf(10_000_000)),
                    LocalChain.ETHER.divide(BigInteger.valueOf(10_000_000)));
            String foreign = Numeric.toHexString(TransactionEncoder.signMessage(raw, key));
            chain.send(chain.web3j().ethSendRawTransaction(foreign), r -> r.getTransactionHash());
            LocalChain.await(() -> chain.nonceOf(key.getAddress()) == 2, Duration.ofSeconds(30));
            CompletableFuture<TransactionReceipt> mine = pipeline.send(TO, "0x", BigInteger.ONE);
            assertThatThrownBy(() -> mine.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NONCE_TAKEN));
        }
    }

    private TransactionPipeline open(TransactionPipeline.Settings settings) {
        return TransactionPipeline.open(chain, key, settings, folder.resolve("outbox"));
    }

    /** As soon as the chain answers again. */
    private TransactionPipeline reopen() {
        var opened = new ArrayList<TransactionPipeline>(1);
        LocalChain.await(
                () -> {
                    try {
                        opened.add(open(TransactionPipeline.Settings.LOCAL));
                        return true;
                    } catch (ChainException e) {
                        return false;
                    }
                },
                Duration.ofSeconds(30));
        return List.copyOf(opened).get(0);
    }

    /** False when the chain was down, so that nothing was sent. */
    private static boolean sendOrDown(TransactionPipeline pipeline) {
        try {
            pipeline.send(TO, "0x", BigInteger.ONE);
            return true;
        } catch (ChainException e) {
            return false;
        }
    }

    private boolean down() {
        try {
            received();
            return false;
        } catch (ChainException e) {
            return true;
        }
    }

    private long received() {
        return chain.send(chain.web3j().ethGetBalance(TO, DefaultBlockParameterName.LATEST), EthGetBalance::getBalance)
                .longValueExact();
    }
}

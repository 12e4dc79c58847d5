package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The local chain: it makes blocks, keeps its state, and neither outlives nor abandons its owner. */
@Timeout(120)
class AnvilTest {
    private static final String SOMEBODY = "0x00000000000000000000000000000000000000a1";

    @TempDir
    Path folder;

    /** One for each address: each has threads of its own. */
    private final Map<URI, JsonRpc> clients = new HashMap<>();

    @Test
    void aBlockIsMadeThoughNothingHappens() {
        try (Anvil anvil = LocalChain.start(folder)) {
            var rpc = new JsonRpc(anvil.rpc());
            long before = height(rpc);
            await(() -> height(rpc) > before);
        }
    }

    @Test
    void theStateIsThereAfterARestart() {
        try (Anvil anvil = LocalChain.start(folder)) {
            anvil.setBalance(SOMEBODY, BigInteger.valueOf(77));
        }
        try (Anvil anvil = LocalChain.start(folder)) {
            assertThat(balance(anvil)).isEqualTo(77);
        }
    }

    @Test
    void chain07_whenKilledItComesBackFromItsLastSnapshotAtTheSameAddress() {
        try (Anvil anvil = LocalChain.start(folder)) {
            URI before = anvil.rpc();
            anvil.setBalance(SOMEBODY, BigInteger.valueOf(77));
            anvil.snapshot();
            long first = anvil.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            await(() -> anvil.pid() != first && holds(anvil, 77));
            assertThat(anvil.rpc()).isEqualTo(before);
        }
    }

    @Test
    void chain07_whenItHangsItIsStartedAgain() throws Exception {
        try (Anvil anvil = LocalChain.start(folder)) {
            anvil.setBalance(SOMEBODY, BigInteger.valueOf(77));
            anvil.snapshot();
            long first = anvil.pid();
            Process stop = new ProcessBuilder("kill", "-STOP", Long.toString(first)).start();
            assertThat(stop.waitFor()).isZero();
            LocalChain.await(() -> anvil.pid() != first && holds(anvil, 77), Duration.ofSeconds(90));
            assertThat(ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false))
                    .as("the one that hung is gone")
                    .isFalse();
        }
    }

    @Test
    void chain07_whenItGrowsTooLargeItIsStartedAgainWithItsState() {
        try (Anvil anvil = Anvil.start(impatient(1))) {
            anvil.setBalance(SOMEBODY, BigInteger.valueOf(77));
            long first = anvil.pid();
            await(() -> anvil.pid() != first && holds(anvil, 77));
        }
    }

    @Test
    void chain07_whenItsHeightStandsStillItIsStartedAgain() {
        try (Anvil anvil = Anvil.start(impatient(1024))) {
            var rpc = new JsonRpc(anvil.rpc());
            long first = anvil.pid();
            var point = new AtomicReference<>("");
            // Each block is taken back as soon as it is made, as if none were.
            await(() -> {
                try {
                    rpc.call("evm_revert", List.of(point.get()), LocalChain.TIMEOUT);
                } catch (ChainException e) {
                    // It is being started again, or knows no such point yet.
                }
                try {
                    point.set(rpc.call("evm_snapshot", List.of(), LocalChain.TIMEOUT)
                            .asText());
                } catch (ChainException e) {
                    // It is being started again.
                }
                return anvil.pid() != first;
            });
            await(() -> answers(anvil));
        }
    }

    /** Inspected every second, with so much memory allowed. */
    private AnvilSettings impatient(int memoryLimitMib) {
        AnvilSettings usual = AnvilSettings.in(folder, LocalChain.programOrSkip());
        return new AnvilSettings(
                usual.program(), folder, 0, usual.chainId(), usual.blockTime(), Duration.ofSeconds(1), memoryLimitMib);
    }

    @Test
    void chain08_aFolderHasOneChainAtATime() {
        try (Anvil anvil = LocalChain.start(folder)) {
            assertThatThrownBy(() -> LocalChain.start(folder))
                    .hasMessageContaining("another program runs the chain")
                    .isInstanceOfSatisfying(
                            ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FOLDER_UNUSABLE));
            assertThat(answers(anvil)).as("the first one goes on").isTrue();
        }
        LocalChain.start(folder).close();
    }

    @Test
    void chain08_aUsedPortIsATypedErrorWhateverTheFolder() {
        try (Anvil anvil = LocalChain.start(folder.resolve("first"))) {
            int port = anvil.rpc().getPort();
            for (String name : List.of("first", "second")) {
                AnvilSettings usual = AnvilSettings.in(folder.resolve(name), LocalChain.programOrSkip());
                var taken = new AnvilSettings(
                        usual.program(),
                        usual.folder(),
                        port,
                        usual.chainId(),
                        usual.blockTime(),
                        usual.snapshotEvery(),
                        usual.memoryLimitMib());
                assertThatThrownBy(() -> Anvil.start(taken))
                        .as(name)
                        .isInstanceOfSatisfying(
                                ChainException.class,
                                e -> assertThat(e.problem()).isEqualTo(Problem.PORT_IN_USE));
            }
            assertThat(answers(anvil)).isTrue();
        }
    }

    @Test
    void chain08_anOrphanInTheFolderIsEndedFirst() throws Exception {
        Process orphan = new ProcessBuilder(
                        LocalChain.programOrSkip().toString(), "--port", "0", "--no-mining", "--accounts", "1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("orphan.log").toFile())
                .start();
        Files.writeString(folder.resolve("anvil.pid"), Long.toString(orphan.pid()));
        try (Anvil anvil = LocalChain.start(folder)) {
            assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(answers(anvil)).isTrue();
        }
    }

    @Test
    void closingEndsTheProgram() {
        Anvil anvil = LocalChain.start(folder);
        ProcessHandle child = ProcessHandle.of(anvil.pid()).orElseThrow();
        anvil.close();
        await(() -> !child.isAlive());
    }

    @Test
    void chain08_whenItsParentIsKilledItEnds() throws Exception {
        LocalChain.programOrSkip();
        Process parent = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("owner.log").toFile())
                .start();
        try {
            LocalChain.await(() -> Files.exists(folder.resolve("ready")), Duration.ofSeconds(90));
            ProcessHandle child = ProcessHandle.of(Long.parseLong(
                            Files.readString(folder.resolve("anvil.pid")).trim()))
                    .orElseThrow();
            assertThat(child.isAlive()).isTrue();
            parent.destroyForcibly();
            await(() -> !child.isAlive());
        } finally {
            parent.destroyForcibly();
        }
    }

    /** A JVM that owns a chain until it is killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            Anvil anvil = LocalChain.start(folder);
            Files.writeString(folder.resolve("ready"), anvil.rpc().toString());
            Thread.currentThread().join();
        }
    }

    @Test
    void aProgramThatDoesNotRunIsATypedError() throws IOException {
        Path broken = Files.writeString(folder.resolve("anvil"), "#!/bin/sh\nexit 3\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> Anvil.start(AnvilSettings.in(folder.resolve("chain"), broken)))
                .isInstanceOfSatisfying(
                        ChainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ANVIL_FAILED));
    }

    private boolean answers(Anvil anvil) {
        try {
            return height(rpc(anvil)) >= 0;
        } catch (ChainException e) {
            return false;
        }
    }

    /** False also while it does not answer. */
    private boolean holds(Anvil anvil, long wei) {
        try {
            return balance(anvil) == wei;
        } catch (ChainException e) {
            return false;
        }
    }

    private JsonRpc rpc(Anvil anvil) {
        return clients.computeIfAbsent(anvil.rpc(), JsonRpc::new);
    }

    private static long height(JsonRpc rpc) {
        return Long.decode(
                rpc.call("eth_blockNumber", List.of(), LocalChain.TIMEOUT).asText());
    }

    private long balance(Anvil anvil) {
        return Long.decode(rpc(anvil)
                .call("eth_getBalance", List.of(SOMEBODY, "latest"), LocalChain.TIMEOUT)
                .asText());
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        LocalChain.await(condition, Duration.ofSeconds(30));
    }
}

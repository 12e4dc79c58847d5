package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;

/**
 * Anvil, the program that keeps it, and a client that sends without end, each killed with {@code kill -9} at random moments,
 * twenty in all: the chain resumes from its last snapshot, and every transaction ends on it exactly once.
 */
@Timeout(900)
class KilledAtAnyMomentTest {
    private static final String TO = "0x00000000000000000000000000000000000000b2";
    private static final String SENDER = LocalChain.address(LocalChain.key("sender"));
    /** For another JVM to start and to confirm something, on a machine that has much else to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final long LONGEST_FLOW_NANOS = 1_500_000_000;
    private static final long LONGEST_GAP_NANOS = 200_000_000;

    private enum Victim {
        ANVIL,
        KEEPER,
        CLIENT
    }

    /** Who is killed together, and how often. */
    private static final Map<Set<Victim>, Integer> MOMENTS = Map.of(
            EnumSet.of(Victim.ANVIL), 4,
            EnumSet.of(Victim.CLIENT), 3,
            EnumSet.of(Victim.KEEPER), 2,
            EnumSet.of(Victim.CLIENT, Victim.ANVIL), 5,
            EnumSet.of(Victim.CLIENT, Victim.KEEPER), 4,
            EnumSet.allOf(Victim.class), 2);

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private final Map<Victim, Process> running = new EnumMap<>(Victim.class);
    private URI rpc = URI.create("http://127.0.0.1:0");
    /** One for the address: each has threads of its own. */
    private JsonRpc node = new JsonRpc(rpc);

    @AfterEach
    void endWhatRuns() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void chain01_everyTransactionEndsOnTheChainExactlyOnceThoughEverythingIsKilledTwentyTimes() throws Exception {
        LocalChain.programOrSkip();
        long seed = Long.getLong("autonet.chain.seed", System.nanoTime());
        System.out.println("autonet.chain.seed=" + seed);
        var random = new Random(seed);
        startKeeper(0);
        startClient();
        int clients = 1;
        int resumed = 0;
        for (Set<Victim> victims : moments(random)) {
            awaitFlow(seed);
            List<String> confirmed = lines("confirmed");
            LocalChain.await(this::answers, PATIENCE);
            long nonce = nonceOnChain();
            LockSupport.parkNanos(random.nextLong(LONGEST_FLOW_NANOS));

            var order = new ArrayList<>(victims);
            Collections.shuffle(order, random);
            for (Victim victim : order) {
                kill(victim);
                LockSupport.parkNanos(random.nextLong(LONGEST_GAP_NANOS));
            }

            if (victims.contains(Victim.KEEPER)) {
                startKeeper(rpc.getPort());
            }
            if (order.size() > 1 && order.get(0) == Victim.CLIENT) {
                // Nobody sends any more: what the chain comes back with is its snapshot.
                resumed += assertResumedFromTheSnapshot(confirmed, nonce) ? 1 : 0;
            }
            if (victims.contains(Victim.CLIENT)) {
                startClient();
                clients++;
            }
        }
        awaitFlow(seed);
        kill(Victim.CLIENT);
        assertEverythingOnce(seed, clients);
        System.out.println(nonceOnChain() + " transactions, each once, of " + clients + " clients; " + resumed
                + " times a snapshot held what was confirmed before it");
    }

    private Process running(Victim victim) {
        return Objects.requireNonNull(running.get(victim));
    }

    private static List<Set<Victim>> moments(Random random) {
        var moments = new ArrayList<Set<Victim>>();
        // The order of a map is not the same in every run, the seed's moments should be.
        MOMENTS.entrySet().stream()
                .sorted((a, b) -> a.getKey().toString().compareTo(b.getKey().toString()))
                .forEach(e -> moments.addAll(Collections.nCopies(e.getValue(), e.getKey())));
        assertThat(moments).hasSize(20);
        Collections.shuffle(moments, random);
        return moments;
    }

    private void kill(Victim victim) throws Exception {
        switch (victim) {
            case CLIENT, KEEPER -> running(victim).destroyForcibly().waitFor();
            case ANVIL -> {
                String pid = anvilPid();
                if (!pid.isEmpty()) {
                    ProcessHandle.of(Long.parseLong(pid)).ifPresent(KilledAtAnyMomentTest::end);
                }
            }
        }
    }

    /** Empty while there is none: whoever starts anvil removes the file first. */
    private String anvilPid() throws IOException {
        try {
            return Files.readString(folder.resolve("chain/anvil.pid")).trim();
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    /** Killed, and gone: until then it could still answer. */
    private static void end(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** The state on disk is the state of the chain; and if it is younger than what was confirmed, that is there. */
    private boolean assertResumedFromTheSnapshot(List<String> confirmed, long nonceThen) throws Exception {
        LocalChain.await(this::answers, PATIENCE);
        JsonNode state =
                new ObjectMapper().readTree(folder.resolve("chain/state.json").toFile());
        long inSnapshot = state.path("accounts").path(SENDER).path("nonce").asLong(-1);
        assertThat(nonceOnChain()).as("nonce of the snapshot").isEqualTo(inSnapshot);
        if (inSnapshot < nonceThen || confirmed.isEmpty()) {
            return false;
        }
        assertOnChain(confirmed.subList(Math.max(0, confirmed.size() - 50), confirmed.size()));
        return true;
    }

    private void assertEverythingOnce(long seed, int clients) throws Exception {
        List<String> confirmed = lines("confirmed");
        try (ChainConnection chain = connect();
                TransactionPipeline pipeline = TransactionPipeline.open(
                        chain,
                        LocalChain.credentials(LocalChain.key("sender")),
                        settings(),
                        folder.resolve("outbox"))) {
            LocalChain.await(() -> pipeline.underWay().isEmpty(), PATIENCE);
            long nonce = chain.nonceOf(SENDER);
            assertThat(chain.balanceWei(TO).longValueExact())
                    .as("one wei for each nonce, seed %d", seed)
                    .isEqualTo(nonce);
            // A client that is killed between its act and its note of it leaves one act without a note.
            long noted = Files.size(folder.resolve("sent"));
            assertThat(nonce).as("nothing lost, seed %d", seed).isBetween(noted, noted + clients);
            assertThat((long) confirmed.size()).as("seed %d", seed).isLessThanOrEqualTo(nonce);
            assertOnChain(confirmed);
        }
    }

    private void assertOnChain(List<String> hashes) {
        try (ChainConnection chain = connect()) {
            for (String hash : hashes) {
                assertThat(chain.send(
                                chain.web3j().ethGetTransactionReceipt(hash),
                                EthGetTransactionReceipt::getTransactionReceipt))
                        .as("confirmed %s", hash)
                        .isPresent();
            }
        }
    }

    // ------------------------------------------------------------------ the programs

    private void startKeeper(int port) throws Exception {
        Path ready = folder.resolve("ready");
        Files.deleteIfExists(ready);
        running.put(Victim.KEEPER, fork("keeper.log", Keeper.class, folder.resolve("chain"), port, ready));
        LocalChain.await(() -> Files.exists(ready), PATIENCE);
        URI address = URI.create(Files.readString(ready));
        if (!address.equals(rpc)) {
            rpc = address;
            node = new JsonRpc(address);
        }
    }

    private void startClient() throws IOException {
        running.put(Victim.CLIENT, fork("client.log", Client.class, rpc, folder));
    }

    private Process fork(String log, Class<?> program, Object... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()))
                .start();
        started.add(process);
        return process;
    }

    /** Owns the chain until it is killed. */
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            AnvilSettings usual = AnvilSettings.in(folder, AnvilSettings.installedProgram());
            Anvil anvil = Anvil.start(new AnvilSettings(
                    usual.program(),
                    folder,
                    Integer.parseInt(args[1]),
                    usual.chainId(),
                    usual.blockTime(),
                    Duration.ofSeconds(1),
                    usual.memoryLimitMib()));
            if (!Files.exists(folder.resolve("state.json"))) {
                LocalChain.rich(anvil, "sender");
                anvil.snapshot();
            }
            Path ready = Path.of(args[2]);
            Path fresh = ready.resolveSibling("ready.new");
            Files.writeString(fresh, anvil.rpc().toString());
            Files.move(fresh, ready);
            Thread.currentThread().join();
        }
    }

    /** Sends without end, and notes each transaction when it is under way and when it is confirmed. */
    static final class Client {
        private Client() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[1]);
            ChainConnection chain = patiently(
                    () -> ChainConnection.open(URI.create(args[0]), AnvilSettings.LOCAL_CHAIN, LocalChain.TIMEOUT));
            TransactionPipeline pipeline = patiently(() -> TransactionPipeline.open(
                    chain, LocalChain.credentials(LocalChain.key("sender")), settings(), folder.resolve("outbox")));
            while (true) {
                var sent = patiently(() -> pipeline.send(TO, "0x", BigInteger.ONE));
                note(folder.resolve("sent"), ".");
                sent.thenAccept(receipt -> note(folder.resolve("confirmed"), receipt.getTransactionHash() + "\n"));
            }
        }

        /** Again while the chain is away; any other refusal ends this program, and the test. */
        private static <T> T patiently(Supplier<T> act) {
            while (true) {
                try {
                    return act.get();
                } catch (ChainException e) {
                    if (e.problem() != Problem.UNREACHABLE) {
                        throw e;
                    }
                    LockSupport.parkNanos(50_000_000);
                }
            }
        }

        private static synchronized void note(Path file, String text) {
            try {
                Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** As on any local chain, but no fee is raised, so that a transaction has one hash. */
    private static TransactionPipeline.Settings settings() {
        var local = TransactionPipeline.Settings.LOCAL;
        return new TransactionPipeline.Settings(
                local.gas(),
                local.confirmations(),
                local.maxPending(),
                local.roomWithin(),
                local.poll(),
                Duration.ofHours(1),
                local.settleAfter());
    }

    // ------------------------------------------------------------------ looking

    /** Something more is confirmed, by a client that runs. */
    private void awaitFlow(long seed) throws IOException {
        try {
            // What the anvil that was just killed had confirmed may be noted only now.
            LocalChain.await(this::answers, PATIENCE);
            int before = lines("confirmed").size();
            LocalChain.await(() -> lines("confirmed").size() > before, PATIENCE);
        } catch (AssertionError e) {
            throw new AssertionError(
                    "nothing is confirmed any more, seed " + seed + "; the client "
                            + (running(Victim.CLIENT).isAlive() ? "runs" : "ended") + ", nonce "
                            + (answers() ? nonceOnChain() + ", pool " + call("txpool_status") : "unknown") + "\n"
                            + Files.readString(folder.resolve("client.log")) + "\n"
                            + Files.readString(folder.resolve("keeper.log")),
                    e);
        }
    }

    private List<String> lines(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChainConnection connect() {
        LocalChain.await(this::answers, PATIENCE);
        return ChainConnection.open(rpc, AnvilSettings.LOCAL_CHAIN, LocalChain.TIMEOUT);
    }

    private boolean answers() {
        try {
            return nonceOnChain() >= 0;
        } catch (ChainException e) {
            return false;
        }
    }

    private long nonceOnChain() {
        return Long.decode(call("eth_getTransactionCount", SENDER, "latest").asText());
    }

    private JsonNode call(String method, Object... parameters) {
        return node.call(method, List.of(parameters), LocalChain.TIMEOUT);
    }
}

package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import computer.autonet.adapter.chain.Anvil;
import computer.autonet.adapter.chain.AnvilSettings;
import computer.autonet.adapter.chain.ContractAddresses;
import computer.autonet.adapter.chain.WalletFile;
import computer.autonet.port.ChainException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code chain} and {@code chain deploy} as a user meets them: results, errors, and how they end. */
@Timeout(300)
class ChainCommandTest {
    private static final long LIMIT_SECONDS = 120;
    private static final BigInteger ETHER = BigInteger.TEN.pow(18);

    /** Made once: wallet files are slow to make, by intention. */
    @TempDir
    static Path shared;

    private static String owner;

    @TempDir
    Path folder;

    private Path program;
    private Path wallet;
    private Path password;

    /** What a command printed, and how it ended. */
    private record Outcome(int status, String out, String err) {}

    @BeforeAll
    static void wallet() {
        owner = WalletFile.create(shared.resolve("wallet.json"), "open sesame", new SecureRandom())
                .getAddress();
    }

    @BeforeEach
    void files() throws Exception {
        try {
            program = AnvilSettings.installedProgram();
        } catch (ChainException e) {
            Assumptions.abort("left out: " + e.getMessage());
            throw e;
        }
        wallet = Files.copy(shared.resolve("wallet.json"), folder.resolve("wallet.json"));
        password = Files.writeString(folder.resolve("wallet.password"), "open sesame\n");
    }

    @Test
    void chain09_theContractsAreDeployedOnAChainThatSomebodyElseRunsAndFoundAgain() throws Exception {
        try (Anvil anvil = start("elsewhere")) {
            anvil.setBalance(owner, ETHER.multiply(BigInteger.valueOf(100)));
            Outcome first = deploy(anvil, "--json", "--confirmations", "3");
            assertThat(first.status).as(first.err).isZero();
            assertThat(first.err.lines())
                    .containsExactly(
                            "deploying on chain 31337, one contract after the other",
                            "all are on the chain; waiting until the last is 3 blocks deep",
                            "deployed");
            JsonNode result = new ObjectMapper().readTree(first.out);
            assertThat(result.get("chainId").asLong()).isEqualTo(AnvilSettings.LOCAL_CHAIN);
            assertThat(result.get("deployer").asText()).isEqualTo(owner);
            Path file = Path.of(result.get("file").asText());
            ContractAddresses kept = ContractAddresses.read(file);
            assertThat(kept.bridge()).isEqualTo(result.get("bridge").asText());

            Outcome second = deploy(anvil);
            assertThat(second.status).isZero();
            assertThat(second.err.strip()).isEqualTo("deployed by an earlier run");
            assertThat(second.out)
                    .contains("bridge     " + kept.bridge())
                    .contains("timelock   " + kept.timelock())
                    .contains("file       " + file);
            assertThat(ContractAddresses.read(file)).isEqualTo(kept);
        }
    }

    @Test
    void chain09_aDeploymentThatWasKilledIsDoneByTheNextRun() throws Exception {
        try (Anvil anvil = start("elsewhere")) {
            anvil.setBalance(owner, ETHER.multiply(BigInteger.valueOf(100)));
            String[] arguments = arguments(anvil.rpc().toString());
            Path outbox = folder.resolve("deployments/chain-31337/outbox-" + owner);
            try (Forked first = Forked.start(folder.resolve("first.log"), List.of(), arguments)) {
                long end = System.nanoTime() + Duration.ofSeconds(LIMIT_SECONDS).toNanos();
                while (confirmedIn(outbox) < 5) {
                    assertThat(System.nanoTime()).as(first.text()).isLessThan(end);
                    LockSupport.parkNanos(10_000_000);
                }
                first.kill();
            }
            assertThat(folder.resolve("deployments/chain-31337/addresses.json")).doesNotExist();
            Outcome second = run(arguments);
            assertThat(second.status).as(second.err).isZero();
            assertThat(second.err).contains("deployed").doesNotContain("earlier");
            assertThat(run(arguments).err.strip()).isEqualTo("deployed by an earlier run");
        }
    }

    private static long confirmedIn(Path outbox) throws IOException {
        if (Files.notExists(outbox)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(outbox)) {
            return files.filter(file -> file.toString().endsWith(".confirmed")).count();
        }
    }

    @Test
    void whatTheUserCanMendEndsWithStatusTwoAndItsRemedy() throws Exception {
        try (Anvil anvil = start("elsewhere")) {
            assertRefused(deploy(anvil), "FUNDS_TOO_LOW: " + owner + " holds 0 wei", "send it ");
            assertRefused(deploy(anvil, "--chain-id", "1"), "CHAIN_MISMATCH: ", "set the chain's number");
            assertRefused(deploy(anvil, "--ceiling-gwei", "1"), "GAS_POLICY_INVALID: ", "a ceiling above it");
            assertRefused(deploy(anvil, "--confirmations", "0"), "CONFIRMATIONS_INVALID: ", "give 1 or more");
            assertRefused(deploy(anvil, "--time-scale", "0"), "TIME_SCALE_INVALID: ", "give 1 or more");
            Files.writeString(password, "wrong\n");
            assertRefused(deploy(anvil), "PASSWORD_WRONG: ", "give the password with which the wallet was made");
            Files.writeString(password, "");
            assertRefused(deploy(anvil), "PASSWORD_MISSING: ", "give one");
            Files.delete(password);
            assertRefused(deploy(anvil), "PASSWORD_MISSING: ", "name a readable --password-file");
            Files.writeString(password, "open sesame\n");
            Files.delete(wallet);
            assertRefused(deploy(anvil), "FILE_MISSING: ", "name one");
        }
        assertRefused(deployAt("ftp://nowhere"), "RPC_INVALID: ", "give http://");
    }

    @Test
    void aChainThatDoesNotAnswerEndsWithStatusOneAndItsRemedy() {
        Outcome outcome = deployAt("http://127.0.0.1:1");
        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err)
                .startsWith("UNREACHABLE: no chain answers at http://127.0.0.1:1; start it")
                .hasLineCount(1);
    }

    @Test
    void aSecondChainOnAUsedPortIsRefusedAndTheFirstOneSaysThatItStops() throws Exception {
        Path data = folder.resolve("data");
        try (Forked chain = Forked.start(
                folder.resolve("chain.log"),
                List.of(),
                "chain",
                "--port",
                "0",
                "--data-dir",
                data.toString(),
                "--anvil",
                program.toString())) {
            String where = chain.await("chain 31337 answers at http://127.0.0.1:", LIMIT_SECONDS);
            String port = where.substring(0, where.indexOf(','));
            for (Path used : List.of(data, folder.resolve("other"))) {
                Outcome second =
                        run("chain", "--port", port, "--data-dir", used.toString(), "--anvil", program.toString());
                assertRefused(second, "PORT_IN_USE: another program listens at 127.0.0.1:" + port, "choose another");
            }
            assertRefused(
                    run("chain", "--port", "0", "--data-dir", data.toString(), "--anvil", program.toString()),
                    "FOLDER_UNUSABLE: another program runs the chain in " + data,
                    "name another folder");
            chain.terminate();
            assertThat(chain.status(LIMIT_SECONDS)).isZero();
            assertThat(chain.text()).containsOnlyOnce("chain stopped; its state is kept in " + data);
            assertThat(data.resolve("state.json")).exists();
        }
    }

    private Anvil start(String name) {
        return Anvil.start(AnvilSettings.in(folder.resolve(name), program));
    }

    private Outcome deploy(Anvil anvil, String... more) {
        return deployAt(anvil.rpc().toString(), more);
    }

    private Outcome deployAt(String rpc, String... more) {
        return run(arguments(rpc, more));
    }

    private String[] arguments(String rpc, String... more) {
        var arguments = new ArrayList<String>(List.of("chain", "deploy", "--rpc", rpc));
        arguments.addAll(List.of("--wallet", wallet.toString(), "--password-file", password.toString()));
        arguments.addAll(List.of("--data-dir", folder.resolve("deployments").toString(), "--poll-millis", "50"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static void assertRefused(Outcome outcome, String beginning, String remedy) {
        assertThat(outcome.status).as(outcome.err).isEqualTo(2);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err.strip()).startsWith(beginning).contains("; ").contains(remedy);
    }

    private static Outcome run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var printed = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int status = Main.run(arguments);
            return new Outcome(
                    status, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}

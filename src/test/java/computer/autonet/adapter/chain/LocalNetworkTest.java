package computer.autonet.adapter.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.port.KeysException;
import computer.autonet.port.KeysException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;

/** What {@code autonet chain} runs: it deploys once, and a restart takes up the state and the key. */
@Timeout(180)
class LocalNetworkTest {
    @TempDir
    Path folder;

    @Test
    void theContractsAreDeployedOnce() {
        AnvilSettings settings = AnvilSettings.in(folder, LocalChain.programOrSkip());
        ContractAddresses first;
        String owner;
        try (LocalNetwork network = LocalNetwork.start(settings, 3_600)) {
            first = network.addresses();
            owner = network.owner();
            assertThat(ContractAddresses.read(folder.resolve("addresses.json"))).isEqualTo(first);
            assertThat(gasUsed(new JsonRpc(network.rpc())))
                    .as("what a deployment is said to cost elsewhere")
                    .isBetween(RemoteDeployment.GAS.longValueExact() * 8 / 10, RemoteDeployment.GAS.longValueExact());
        }
        try (LocalNetwork network = LocalNetwork.start(settings, 3_600)) {
            assertThat(network.addresses()).isEqualTo(first);
            assertThat(network.owner()).isEqualTo(owner);
        }
    }

    private static long gasUsed(JsonRpc rpc) {
        long height = Long.decode(
                rpc.call("eth_blockNumber", List.of(), LocalChain.TIMEOUT).asText());
        long sum = 0;
        for (long i = 1; i <= height; i++) {
            sum += Long.decode(
                    rpc.call("eth_getBlockByNumber", List.of("0x" + Long.toHexString(i), false), LocalChain.TIMEOUT)
                            .get("gasUsed")
                            .asText());
        }
        return sum;
    }

    @Test
    void theyAreDeployedAnewWhereTheChainWasLost() throws IOException {
        AnvilSettings settings = AnvilSettings.in(folder, LocalChain.programOrSkip());
        ContractAddresses first;
        try (LocalNetwork network = LocalNetwork.start(settings, 3_600)) {
            first = network.addresses();
        }
        Files.delete(folder.resolve("state.json"));
        try (LocalNetwork network = LocalNetwork.start(settings, 3_600)) {
            // The same key from the same nonce makes the same addresses, on which there is code again.
            assertThat(network.addresses()).isEqualTo(first);
        }
    }

    @Test
    void walletsOpenWithTheirPasswordOnly() throws IOException {
        Path file = folder.resolve("wallet.json");
        Credentials made = WalletFile.create(file, "right", new SecureRandom());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(WalletFile.open(file, "right").getAddress()).isEqualTo(made.getAddress());
        assertProblem(Problem.PASSWORD_WRONG, () -> WalletFile.open(file, "wrong"));
        assertProblem(Problem.FILE_MISSING, () -> WalletFile.open(folder.resolve("none"), "x"));
        assertProblem(Problem.FILE_EXISTS, () -> WalletFile.create(file, "x", new SecureRandom()));
        Path damaged = Files.writeString(folder.resolve("damaged"), "{}");
        assertProblem(Problem.FILE_DAMAGED, () -> WalletFile.open(damaged, "x"));
        assertProblem(
                Problem.FILE_INACCESSIBLE,
                () -> WalletFile.create(folder.resolve("no/such/folder"), "x", new SecureRandom()));
    }

    private static void assertProblem(Problem problem, Runnable act) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        KeysException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}

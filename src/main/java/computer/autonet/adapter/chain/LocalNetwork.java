package computer.autonet.adapter.chain;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import computer.autonet.port.KeysException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.EthGetCode;

/**
 * A local chain with all contracts on it: what {@code autonet chain} runs. The first start makes a key and deploys; later
 * ones take the state up where it was.
 *
 * <p>Its one committee seat and its one referee are this machine's key: enough for a network of one machine, and changed
 * by certificate as any committee is.
 */
public final class LocalNetwork implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final BigInteger TOKEN = BigInteger.TEN.pow(18);
    private static final BigInteger SUPPLY = TOKEN.multiply(BigInteger.valueOf(1_000_000_000));

    private final Anvil anvil;
    private final ChainConnection chain;
    private final TransactionPipeline pipeline;
    private final ContractAddresses addresses;

    private LocalNetwork(
            Anvil anvil, ChainConnection chain, TransactionPipeline pipeline, ContractAddresses addresses) {
        this.anvil = anvil;
        this.chain = chain;
        this.pipeline = pipeline;
        this.addresses = addresses;
    }

    /**
     * Starts it.
     *
     * @param timeScale by how much the contracts' durations are divided, at the first start
     * @throws ChainException when the chain does not run
     * @throws KeysException when the folder's key cannot be opened
     */
    public static LocalNetwork start(AnvilSettings settings, long timeScale) {
        Path folder = settings.folder();
        if (!Files.exists(folder.resolve("state.json"))) {
            // What waited for a chain that is gone belongs to no other.
            new Outbox(folder.resolve("outbox")).clear();
        }
        Anvil anvil = Anvil.start(settings);
        try {
            Credentials key = key(folder);
            ChainConnection chain = ChainConnection.open(anvil.rpc(), settings.chainId(), TIMEOUT);
            anvil.setBalance(key.getAddress(), TOKEN.multiply(BigInteger.valueOf(1_000)));
            var pipeline =
                    TransactionPipeline.open(chain, key, TransactionPipeline.Settings.LOCAL, folder.resolve("outbox"));
            Path file = folder.resolve("addresses.json");
            if (Files.exists(file)) {
                ContractAddresses known = ContractAddresses.read(file);
                if (isDeployed(chain, known)) {
                    return new LocalNetwork(anvil, chain, pipeline, known);
                }
            }
            ContractAddresses fresh = Deployment.deploy(
                    chain, PipelinedTransactions.over(chain, pipeline), terms(key.getAddress(), timeScale));
            // The file tells of nothing that a crash could still take back.
            anvil.snapshot();
            fresh.write(file);
            return new LocalNetwork(anvil, chain, pipeline, fresh);
        } catch (RuntimeException e) {
            anvil.close();
            throw e;
        }
    }

    /** The terms of a local network whose tokens, seats and referees are one key's. */
    public static DeploymentTerms terms(String holder, long timeScale) {
        var seat = new Committee.Seat(Bytes.ofHex(holder.substring(2)), TOKEN);
        return new DeploymentTerms(
                Hash.digest("autonet/local-constitution/1"),
                Map.of(holder, SUPPLY),
                SUPPLY.shiftLeft(1),
                TOKEN,
                Committee.of(List.of(seat)),
                Committee.of(List.of(seat)),
                Hash.digest(new byte[0]),
                Hash.digest(new byte[0]),
                timeScale);
    }

    public URI rpc() {
        return anvil.rpc();
    }

    public ContractAddresses addresses() {
        return addresses;
    }

    /** The address of this machine's key. */
    public String owner() {
        return pipeline.address();
    }

    /** Whether there is code where the contracts should stand. */
    static boolean isDeployed(ChainConnection chain, ContractAddresses known) {
        return chain.send(
                                chain.web3j().ethGetCode(known.bridge(), DefaultBlockParameterName.LATEST),
                                EthGetCode::getCode)
                        .length()
                > "0x".length();
    }

    private static Credentials key(Path folder) {
        Path password = folder.resolve("wallet.password");
        Path wallet = folder.resolve("wallet.json");
        try {
            if (Files.exists(wallet)) {
                return WalletFile.open(wallet, Files.readString(password).trim());
            }
            var random = new SecureRandom();
            byte[] chosen = new byte[16];
            random.nextBytes(chosen);
            String text = HexFormat.of().formatHex(chosen);
            Files.deleteIfExists(password);
            Files.createFile(
                    password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, text);
            return WalletFile.create(wallet, text, random);
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE,
                    "the key's password cannot be kept in " + password,
                    "make the folder yours, or name another",
                    e);
        }
    }

    /** Saves the state and ends the chain. */
    @Override
    public void close() {
        pipeline.close();
        chain.close();
        anvil.close();
    }
}

package computer.autonet.cli;

import computer.autonet.port.KeyFiles;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.RsaKey;
import computer.autonet.protocol.crypto.Secp256k1Key;
import computer.autonet.protocol.crypto.SignatureScheme;
import computer.autonet.protocol.crypto.SigningKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autonet key}: identities in a keystore file. Private keys never leave it. */
@Command(name = "key", mixinStandardHelpOptions = true, description = "Make and show identities.")
final class KeyCommands implements Runnable {
    private static final int SEED_SIZE = 32;

    private final Equipment equipment;

    @Spec
    CommandSpec spec;

    KeyCommands(Equipment equipment) {
        this.equipment = equipment;
        this.spec = CommandSpec.create();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: create, list, show or export");
    }

    /** The sorts of key. */
    enum Type {
        ED25519,
        SECP256K1,
        RSA
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Make an identity, and the keystore if there is none.",
            footer = "Example: autonet key create alice --type secp256k1")
    int create(
            @Mixin OutputOptions output,
            @Mixin KeystoreOptions keystore,
            @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits, dots, dashes.") String name,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            defaultValue = "ed25519",
                            description = "ed25519, secp256k1 (Ethereum) or rsa (Arweave); default: ${DEFAULT-VALUE}.")
                    Type type)
            throws IOException {
        KeyFiles.Store store = keystore.openOrCreate(equipment.keyFiles());
        if (type == Type.RSA) {
            output.progress("searching for two primes of 2,048 bits, some seconds");
        }
        SigningKey key = fresh(type);
        store.add(name, key);
        output.print(report(name, key).with("keystore", keystore.keystore));
        return 0;
    }

    private static SigningKey fresh(Type type) {
        byte[] seed = new byte[SEED_SIZE];
        new SecureRandom().nextBytes(seed);
        return switch (type) {
            case ED25519 -> Ed25519Key.ofSeed(seed);
            case SECP256K1 -> Secp256k1Key.ofSeed(seed);
            case RSA -> RsaKey.ofSeed(seed);
        };
    }

    private static Report report(String name, SigningKey key) {
        Report report =
                new Report().with("name", name).with("address", key.identity()).with("type", label(key.scheme()));
        return key instanceof Secp256k1Key secp
                ? report.with("ethereum", "0x" + secp.ethereumAddress().toHex())
                : report;
    }

    private static String label(SignatureScheme scheme) {
        return switch (scheme) {
            case ED25519 -> "ed25519";
            case ETHEREUM -> "secp256k1";
            case ARWEAVE -> "rsa";
        };
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the identities.",
            footer = "Example: autonet key list --json")
    int list(@Mixin OutputOptions output, @Mixin KeystoreOptions keystore) {
        KeyFiles.Store store = keystore.open(equipment.keyFiles());
        List<Report> rows = store.names().stream()
                .map(name -> report(name, store.signer(name)))
                .toList();
        output.print(new Report().with("keystore", keystore.keystore).with("identities", rows));
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show one identity.",
            footer = "Example: autonet key show alice")
    int show(
            @Mixin OutputOptions output,
            @Mixin KeystoreOptions keystore,
            @Parameters(paramLabel = "NAME", description = "Its name in the keystore.") String name) {
        SigningKey key = keystore.signer(equipment.keyFiles(), name);
        output.print(report(name, key).with("public key", key.owner().toHex()));
        return 0;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Write the public key as PEM.",
                "The private key stays in the file, which openssl pkcs12 and keytool read."
            },
            footer = "Example: autonet key export alice > alice.pem")
    int export(
            @Mixin OutputOptions output,
            @Mixin KeystoreOptions keystore,
            @Parameters(paramLabel = "NAME", description = "Its name in the keystore.") String name) {
        String pem = keystore.open(equipment.keyFiles()).publicPem(name);
        if (output.json) {
            output.print(new Report().with("name", name).with("pem", pem));
        } else {
            output.raw(pem);
        }
        return 0;
    }
}

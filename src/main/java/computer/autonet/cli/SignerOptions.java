package computer.autonet.cli;

import computer.autonet.base.Hash;
import computer.autonet.port.KeyFiles;
import computer.autonet.protocol.crypto.SigningKey;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose act a command is: an identity of the user's keystore. */
@Topic("Keystore")
public final class SignerOptions {
    @Mixin
    KeystoreOptions keystore = new KeystoreOptions();

    @Option(
            names = "--as",
            required = true,
            paramLabel = "NAME",
            description = "The identity that acts: its name in the keystore.")
    String name = "";

    /** What signs. */
    SigningKey key(KeyFiles files) {
        return keystore.signer(files, name);
    }

    Hash owner(KeyFiles files, String text) {
        return keystore.owner(files, text);
    }

    /** The name in the keystore. */
    public String name() {
        return name;
    }

    /**
     * The keystore, opened; the identity is in it.
     *
     * @throws computer.autonet.port.KeysException with NAME_UNKNOWN and what the keystore has
     */
    public KeyFiles.Store open(KeyFiles files) {
        KeyFiles.Store store = keystore.open(files);
        var unused = store.signer(name);
        return store;
    }
}

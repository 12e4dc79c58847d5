package computer.autonet.cli;

import computer.autonet.base.Hash;
import computer.autonet.port.KeyFiles;
import computer.autonet.protocol.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the identities of this user are, and what opens them. */
@Topic("Keystore")
public final class KeystoreOptions {
    private static final String PASSWORD = "AUTONET_KEYSTORE_PASSWORD";
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            defaultValue = "${env:AUTONET_KEYSTORE:-${sys:user.home}/.autonet/keys.p12}",
            description = "PKCS#12 file of identities (default: ~/.autonet/keys.p12; AUTONET_KEYSTORE).")
    Path keystore = Path.of("keys.p12");

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "File whose first line is the keystore's password; else " + PASSWORD + ", else you are asked.")
    @Nullable
    Path passwordFile;

    private KeyFiles.@Nullable Store opened;

    /** Once per command, however many identities it names: a user types the password once. */
    KeyFiles.Store open(KeyFiles files) {
        KeyFiles.Store known = opened;
        if (known == null) {
            known = openAnew(files);
            opened = known;
        }
        return known;
    }

    private KeyFiles.Store openAnew(KeyFiles files) {
        if (!Files.exists(keystore)) {
            throw CliException.users(
                    "FILE_MISSING",
                    "there is no keystore at " + keystore,
                    "make one with " + Program.called() + " key create NAME, or name yours with --keystore");
        }
        return files.open(keystore, password("Password of " + keystore + ": "));
    }

    /** Opens the keystore, or makes one. */
    KeyFiles.Store openOrCreate(KeyFiles files) throws IOException {
        if (Files.exists(keystore)) {
            return open(files);
        }
        Path folder = keystore.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return files.create(keystore, newPassword());
    }

    /** Typed twice where it is typed: a slip would lock the keys for good. */
    private char[] newPassword() {
        boolean typed = passwordFile == null && System.getenv(PASSWORD) == null;
        char[] first = password("Password for the new keystore " + keystore + ": ");
        if (typed && !Arrays.equals(first, password("The same again: "))) {
            throw CliException.users(
                    "PASSWORD_DIFFERS", "the two passwords are not the same", "repeat the command; nothing was made");
        }
        return first;
    }

    SigningKey signer(KeyFiles files, String name) {
        return open(files).signer(name);
    }

    /** What a user means by an owner: {@code kind:HEX} of a process, the 64 digits of an address, or a name in the keystore. */
    Hash owner(KeyFiles files, String text) {
        if (text.contains(":")) {
            return Parse.process(text).hash();
        }
        return HEX.matcher(text).matches()
                ? Hash.ofHex(text)
                : signer(files, text).identity().address();
    }

    /** The only identity that the keystore holds. */
    String onlyName(KeyFiles files) {
        List<String> names = open(files).names();
        if (names.size() != 1) {
            throw CliException.users(
                    "NAME_MISSING", keystore + " holds " + names.size() + " identities", "name one of " + names);
        }
        return names.get(0);
    }

    private char[] password(String prompt) {
        return Password.find(passwordFile, PASSWORD, "the keystore's", prompt);
    }
}

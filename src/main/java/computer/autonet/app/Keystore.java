package computer.autonet.app;

import computer.autonet.adapter.keystore.Pkcs12Keys;
import computer.autonet.cli.Password;
import computer.autonet.port.KeysException;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A node's own keystore: made with a drawn password at the first start, opened with it afterwards. */
final class Keystore {
    private Keystore() {}

    /**
     * Opens the keystore, or makes it if neither file is there.
     *
     * @throws UserError if it cannot be opened
     */
    static Pkcs12Keys open(Path file, Path passwordFile) {
        try {
            if (Files.exists(file)) {
                return Pkcs12Keys.open(file, password(passwordFile));
            }
            if (!Files.exists(passwordFile)) {
                drawPassword(passwordFile);
            }
            return Pkcs12Keys.create(file, password(passwordFile));
        } catch (IOException e) {
            throw new UserError(
                    "KEYSTORE_UNREADABLE",
                    e.getMessage() + " cannot be read",
                    "point autonet.keystore.password-file at the password of " + file,
                    e);
        } catch (KeysException e) {
            throw new UserError(e);
        }
    }

    /**
     * Opens a keystore that must be there.
     *
     * @throws UserError if it is not, or cannot be opened
     */
    static Pkcs12Keys existing(Path file, Path passwordFile) {
        if (!Files.exists(file) || !Files.exists(passwordFile)) {
            throw new UserError(
                    "KEYSTORE_MISSING", "there is no " + file + " or no " + passwordFile, "name files that exist");
        }
        return open(file, passwordFile);
    }

    /** An empty one would protect nothing. */
    private static char[] password(Path file) throws IOException {
        String password = Password.firstLine(file);
        if (password.isEmpty()) {
            throw new UserError(
                    "PASSWORD_MISSING",
                    file + " is empty",
                    "write the keystore's password into it, or remove it if there is no keystore yet");
        }
        return password.toCharArray();
    }

    private static void drawPassword(Path file) throws IOException {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n");
    }

    /** The named key; drawn and kept if it is not there yet. */
    static SigningKey signer(Pkcs12Keys keys, String name) {
        if (!keys.names().contains(name)) {
            byte[] seed = new byte[32];
            new SecureRandom().nextBytes(seed);
            keys.add(name, Ed25519Key.ofSeed(seed));
        }
        return keys.signer(name);
    }
}

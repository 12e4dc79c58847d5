package computer.autonet.port;

import computer.autonet.protocol.crypto.SigningKey;
import java.nio.file.Path;

/** Keystores in files, each under a password. */
public interface KeyFiles {
    /** Keys that can be added to. */
    interface Store extends Keys {
        /**
         * Adds an identity; when this returns it is on disk.
         *
         * @throws KeysException with NAME_TAKEN or NAME_INVALID, or an error of the file
         */
        void add(String name, SigningKey key);

        /** The public key as PEM (RFC 7468). */
        String publicPem(String name);
    }

    /** @throws KeysException with FILE_MISSING, FILE_DAMAGED, FILE_INACCESSIBLE or PASSWORD_WRONG */
    Store open(Path file, char[] password);

    /** @throws KeysException with FILE_EXISTS or FILE_INACCESSIBLE */
    Store create(Path file, char[] password);
}

package computer.autonet.app;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a node keeps what outlives it.
 *
 * @param data its own folder
 * @param keystore its identities
 * @param password of the keystore
 */
record NodeFiles(Path data, Path keystore, Path password) {
    /** @throws UserError if the folder cannot be made */
    static NodeFiles of(Config config) {
        Path data = Path.of(config.getString("autonet.data-dir")).toAbsolutePath();
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw unusable(data + " cannot be made", e);
        }
        return new NodeFiles(
                data,
                named(config, "autonet.keystore.file", data.resolve("keystore.p12")),
                named(config, "autonet.keystore.password-file", data.resolve("keystore.password")));
    }

    private static Path named(Config config, String key, Path otherwise) {
        String file = config.getString(key);
        return file.isEmpty() ? otherwise : Path.of(file);
    }

    static UserError unusable(String what, IOException cause) {
        return new UserError("DATA_DIR_UNUSABLE", what, "name another folder (autonet.data-dir, --data-dir)", cause);
    }
}

package computer.autonet.app;

import com.typesafe.config.Config;
import computer.autonet.adapter.disk.OwnedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * Where a node keeps what outlives it.
 *
 * @param data its own folder
 * @param keystore its identities
 * @param password of the keystore
 */
record NodeFiles(Path data, Path keystore, Path password) {
    private static final String LOCK = "owner.lock";

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

    /**
     * Makes the folder this node's until its actor system has ended (NODE-11): two nodes with one folder would act with one
     * key, and save what they do in one place.
     *
     * @throws UserError if it is another's
     */
    static void own(Path data, ActorSystem<?> system) throws IOException {
        OwnedFile owned = OwnedFile.take(data, LOCK).orElse(null);
        if (owned == null) {
            throw new UserError(
                    "DATA_DIR_IN_USE",
                    data + " belongs to the running process "
                            + OwnedFile.owner(data, LOCK).orElse("(unknown)"),
                    "stop that one, or name another folder (autonet.data-dir, --data-dir)");
        }
        Adapter.toClassic(system).registerOnTermination(() -> {
            try {
                owned.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Path named(Config config, String key, Path otherwise) {
        String file = config.getString(key);
        return file.isEmpty() ? otherwise : Path.of(file);
    }

    static UserError unusable(String what, IOException cause) {
        return new UserError("DATA_DIR_UNUSABLE", what, "name another folder (autonet.data-dir, --data-dir)", cause);
    }
}

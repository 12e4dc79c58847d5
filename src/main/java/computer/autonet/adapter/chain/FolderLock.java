package computer.autonet.adapter.chain;

import computer.autonet.adapter.disk.OwnedFile;
import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The right to write in a folder: one program at a time has it, and the system takes it back however that program ends.
 */
final class FolderLock implements AutoCloseable {
    private final OwnedFile file;

    private FolderLock(OwnedFile file) {
        this.file = file;
    }

    /** Takes it, and makes the folder where there is none; empty when another has it. */
    static Optional<FolderLock> take(Path folder) {
        try {
            return OwnedFile.take(folder, "lock").map(FolderLock::new);
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, folder + " cannot be written", "name a folder of yours", e);
        }
    }

    /** Gives it back. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, "a lock cannot be let go", "see whether the disk works", e);
        }
    }
}

package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to write in a folder: one program at a time has it, and the system takes it back however that program ends.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it, and makes the folder where there is none; empty when another has it. */
    static Optional<FolderLock> take(Path folder) {
        try {
            Files.createDirectories(folder);
            var opened = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (opened.tryLock() != null) {
                    return Optional.of(new FolderLock(opened));
                }
            } catch (OverlappingFileLockException e) {
                // This program has it already.
            }
            opened.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, folder + " cannot be written", "name a folder of yours", e);
        }
    }

    /** Gives it back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, "a lock cannot be let go", "see whether the disk works", e);
        }
    }
}

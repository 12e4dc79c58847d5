package computer.autonet.adapter.chain;

import computer.autonet.port.ChainException;
import computer.autonet.port.ChainException.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to run the chain in a folder: one program at a time has it, and the system takes it back however that program
 * ends. Without it a second one would end the first one's anvil as an orphan.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @throws ChainException with {@link Problem#PORT_IN_USE} when the chain that runs there listens at the asked port,
     *     else {@link Problem#FOLDER_UNUSABLE}
     */
    static FolderLock take(AnvilSettings settings) {
        Path file = settings.folder().resolve("lock");
        FileChannel opened = null;
        try {
            opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (opened.tryLock() != null) {
                return new FolderLock(opened);
            }
            opened.close();
        } catch (OverlappingFileLockException e) {
            close(opened);
        } catch (IOException e) {
            close(opened);
            throw new ChainException(Problem.FOLDER_UNUSABLE, file + " cannot be written", "name a folder of yours", e);
        }
        AnvilProcess.requireFree(settings.port());
        throw new ChainException(
                Problem.FOLDER_UNUSABLE,
                "another program runs the chain in " + settings.folder(),
                "end it, or name another folder");
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new ChainException(
                    Problem.FOLDER_UNUSABLE, "a lock cannot be let go", "see whether the disk works", e);
        }
    }

    /** Gives it back. */
    @Override
    public void close() {
        close(channel);
    }
}

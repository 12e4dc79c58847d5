package computer.autonet.adapter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The operating system's lock on a directory, held until closed or until the process ends, however it ends (JRN-05). */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "owner.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock or says at once who has it. */
    static DirectoryLock take(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(FILE);
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        boolean taken = false;
        try {
            if (tryLock(channel) == null) {
                throw new JournalException(
                        JournalException.Reason.IN_USE,
                        directory + " belongs to the running process " + owner(file)
                                + "; stop that one, or give this one another data directory");
            }
            taken = true;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
        return new DirectoryLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String owner(Path file) throws IOException {
        String pid = Files.readString(file);
        return pid.isBlank() ? "(unknown)" : pid;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

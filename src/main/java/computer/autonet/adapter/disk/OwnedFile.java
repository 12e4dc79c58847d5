package computer.autonet.adapter.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The operating system's lock on a file, which has one owner at a time, in this process or another, and is free again
 * however the process ends. The file names its owner's process.
 *
 * <p>On POSIX systems such locks belong to the process, and closing any channel of a file frees all of the process's locks
 * on it: a file that this process owns is neither opened for a second owner nor read.
 */
public final class OwnedFile implements AutoCloseable {
    /** What this process owns. As many as there are journals, outboxes and chains in it. */
    private static final Set<Path> OWNED = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private OwnedFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes a file in a folder, and makes both where there is none; empty when it has another owner. */
    public static Optional<OwnedFile> take(Path folder, String name) throws IOException {
        Path file = Files.createDirectories(folder).toRealPath().resolve(name);
        synchronized (OWNED) {
            if (OWNED.contains(file)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    return Optional.empty();
                }
                channel.truncate(0);
                channel.write(UTF_8.encode(self()), 0);
                OWNED.add(file);
                taken = true;
                return Optional.of(new OwnedFile(file, channel));
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        }
    }

    /** The id of the process that owns such a file; empty where that does not stand in it yet. */
    public static Optional<String> owner(Path folder, String name) throws IOException {
        Path file = folder.toRealPath().resolve(name);
        synchronized (OWNED) {
            String pid = OWNED.contains(file) ? self() : Files.readString(file);
            return Optional.of(pid).filter(text -> !text.isBlank());
        }
    }

    private static String self() {
        return Long.toString(ProcessHandle.current().pid());
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        synchronized (OWNED) {
            if (channel.isOpen()) {
                OWNED.remove(file);
                channel.close();
            }
        }
    }
}

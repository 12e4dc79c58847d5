package computer.autonet.adapter.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** A file that only its owner reads (0600) and that is replaced as a whole. */
final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** File locks hold between processes; within this one, threads queue here. Held for one write at a time. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private PrivateFile() {}

    /** A hold on all changes of one file, by this process and others. */
    static final class Lock implements AutoCloseable {
        private final FileChannel channel;

        private Lock(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                IN_PROCESS.unlock();
            }
        }
    }

    /** Waits for the lock, which is a file of its own beside the given one, since that is replaced. */
    static Lock lock(Path file) throws IOException {
        IN_PROCESS.lock();
        boolean held = false;
        try {
            Path absolute = file.toAbsolutePath();
            Path beside = absolute.resolveSibling(absolute.getFileName() + ".lock");
            FileChannel channel = FileChannel.open(
                    beside, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly(absolute));
            channel.lock();
            held = true;
            return new Lock(channel);
        } finally {
            if (!held) {
                IN_PROCESS.unlock();
            }
        }
    }

    /** Writes beside, forces to disk, and renames. */
    static void replace(Path file, byte[] content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.resolveSibling("");
        Path fresh = Files.createTempFile(folder, absolute.getFileName() + ".", ".tmp", ownerOnly(absolute));
        try {
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }
}

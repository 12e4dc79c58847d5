package computer.autonet.adapter.keystore;

import computer.autonet.adapter.disk.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** A file that only its owner reads (0600) and that is replaced as a whole. */
final class PrivateFile {
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
                    beside, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), WholeFile.ownerOnly(absolute));
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
        WholeFile.replacePrivate(file, ByteBuffer.wrap(content));
    }
}

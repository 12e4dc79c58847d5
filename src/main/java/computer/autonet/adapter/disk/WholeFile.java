package computer.autonet.adapter.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is there whole and on disk, or as it was before: written beside its place, forced, renamed, and its name forced.
 * One writer of a file at a time.
 */
public final class WholeFile {
    private static final String DRAFT = ".new";

    private WholeFile() {}

    /** When this returns, a crash leaves the new content. */
    public static void replace(Path file, ByteBuffer... content) throws IOException {
        replace(file, new FileAttribute<?>[0], content);
    }

    /** The same for a file that only its owner reads (0600), from its first byte on. */
    public static void replacePrivate(Path file, ByteBuffer... content) throws IOException {
        replace(file, ownerOnly(file), content);
    }

    private static void replace(Path file, FileAttribute<?>[] attributes, ByteBuffer... content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.resolveSibling("");
        Path draft = absolute.resolveSibling(absolute.getFileName() + DRAFT);
        Files.deleteIfExists(draft);
        try {
            try (FileChannel out = FileChannel.open(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
                for (ByteBuffer part : content) {
                    while (part.hasRemaining()) {
                        out.write(part);
                    }
                }
                out.force(true);
            }
            Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        sync(folder);
    }

    /** When this returns, the names in a folder are on disk. */
    public static void sync(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** For files that only their owner reads, where the file system knows owners. */
    public static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}

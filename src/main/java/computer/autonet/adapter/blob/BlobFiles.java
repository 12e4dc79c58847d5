package computer.autonet.adapter.blob;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the files of a blob store lie: whole ones by id, those under way in {@code incoming}, wrong ones in {@code damaged}. */
final class BlobFiles {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final Path root;
    private final Path incoming;
    private final Path damaged;

    /** Held while a blob's name is given or taken away, so that what a put has just healed stays. */
    private final Object naming = new Object();

    private BlobFiles(Path root) {
        this.root = root;
        this.incoming = root.resolve("incoming");
        this.damaged = root.resolve("damaged");
    }

    static BlobFiles open(Path root) throws IOException {
        BlobFiles files = new BlobFiles(root);
        Files.createDirectories(files.incoming);
        Files.createDirectories(files.damaged);
        // A folder that a process made and did not live to sync counts as synced from now on.
        sync(root);
        try (Stream<Path> left = Files.list(files.incoming)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        return files;
    }

    Path path(BlobId id) {
        String hex = id.toString();
        return root.resolve(hex.substring(0, 2)).resolve(hex);
    }

    /** A new empty file on the same file system as the blobs. */
    Path temporary() throws IOException {
        return Files.createTempFile(incoming, "put-", ".part");
    }

    /**
     * Gives a written and synced file its name. A blob that is already there is replaced by the same bytes, which also heals
     * it, should it have been damaged.
     */
    void publish(Path written, BlobId id) throws IOException {
        Path file = path(id);
        Path folder = file.getParent();
        synchronized (naming) {
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                sync(root);
            }
            Files.move(written, file, ATOMIC_MOVE, REPLACE_EXISTING);
        }
        if (folder != null) {
            sync(folder);
        }
    }

    /**
     * Takes a wrong file out of reach, and keeps it to be looked at (BLOB-03). It is looked at again first: since the reader
     * opened it a put may have replaced it.
     */
    void quarantine(BlobId id) throws IOException {
        try {
            synchronized (naming) {
                if (!isWhole(id)) {
                    Files.move(path(id), damaged.resolve(id.toString()), ATOMIC_MOVE, REPLACE_EXISTING);
                }
            }
        } catch (NoSuchFileException e) {
            // Another reader of the same blob has done it.
            return;
        }
    }

    private boolean isWhole(BlobId id) throws IOException {
        try (var bytes = new DigestInputStream(Files.newInputStream(path(id)), Hash.sha256())) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return id.equals(new BlobId(Hash.of(bytes.getMessageDigest().digest())));
        }
    }

    /** The ids that begin with this byte, ascending (BLOB-06). */
    Stream<BlobId> list(int firstByte) throws IOException {
        Path folder = root.resolve("%02x".formatted(firstByte));
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<BlobId> ids = files.map(file -> file.getFileName().toString())
                    .filter(name -> HEX.matcher(name).matches())
                    .map(BlobId::ofHex)
                    .sorted()
                    .toList();
            return ids.stream();
        }
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }
}

package computer.autonet.adapter.blob;

import static computer.autonet.port.BlobException.Reason.TOO_LARGE;
import static java.nio.file.StandardOpenOption.WRITE;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.port.BlobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** One blob on its way to disk: hashed as it is written, synced, and only then named (BLOB-01). Closed unfinished, it leaves nothing. */
final class BlobWriter implements AutoCloseable {
    private final BlobFiles files;
    private final long maxBytes;
    private final MessageDigest sha = Hash.sha256();
    private final Path temporary;
    private final FileChannel channel;
    private long written;

    BlobWriter(BlobFiles files, long maxBytes) throws IOException {
        this.files = files;
        this.maxBytes = maxBytes;
        this.temporary = files.temporary();
        this.channel = FileChannel.open(temporary, WRITE);
    }

    void write(ByteBuffer chunk) throws IOException {
        written += chunk.remaining();
        // BLOB-04.
        if (written > maxBytes) {
            throw new BlobException(
                    TOO_LARGE, "a blob has at most " + maxBytes + " bytes here; split it, or raise the store's limit");
        }
        sha.update(chunk.duplicate());
        while (chunk.hasRemaining()) {
            channel.write(chunk);
        }
    }

    BlobId finish() throws IOException {
        BlobId id = new BlobId(Hash.of(sha.digest()));
        channel.force(true);
        channel.close();
        files.publish(temporary, id);
        return id;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
    }
}

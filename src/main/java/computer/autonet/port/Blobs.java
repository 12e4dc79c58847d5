package computer.autonet.port;

import computer.autonet.base.BlobId;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A store of bytes that are named by their SHA-256. Every failed stage holds a {@link BlobException}. */
public interface Blobs {
    /** Stores all bytes of the stream, which it reads on a thread of its own and closes. Completes when they are on disk (BLOB-01). */
    CompletionStage<BlobId> put(InputStream content);

    /**
     * Stores the chunks in their order. It asks for one at a time and holds no thread while it waits for it, so that a slow
     * sender costs nothing but its file.
     */
    CompletionStage<BlobId> put(Flow.Publisher<byte[]> chunks);

    /** Opens a blob. The caller closes it. */
    CompletionStage<Content> get(BlobId id);

    /** A whole blob in memory, verified; refused as too large beyond {@code limit} bytes. */
    CompletionStage<byte[]> bytes(BlobId id, int limit);

    /** Whether a blob of this id is here; its bytes are looked at when they are read. */
    CompletionStage<Boolean> has(BlobId id);

    /** The first {@code limit} ids after {@code after}, ascending: for export, page by page (BLOB-06). */
    CompletionStage<List<BlobId>> list(Optional<BlobId> after, int limit);

    /**
     * A blob that is being read.
     *
     * @param size its bytes
     * @param stream throws a {@link BlobException} in place of its end if the bytes are not those of the id (BLOB-02): what was
     *     read counts only when the end was reached. It blocks on the disk.
     */
    record Content(long size, InputStream stream) {}
}

package computer.autonet.adapter.blob;

import static computer.autonet.port.BlobException.Reason.ABSENT;
import static computer.autonet.port.BlobException.Reason.BUSY;
import static computer.autonet.port.BlobException.Reason.FAILED;
import static computer.autonet.port.BlobException.Reason.TOO_LARGE;

import computer.autonet.base.BlobId;
import computer.autonet.port.BlobException;
import computer.autonet.port.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Blobs as files {@code ab/abcd…} of a directory that one process uses. A file has its name only when it is whole and on disk;
 * whatever is read is hashed on the way.
 */
public final class DiskBlobs implements Blobs, AutoCloseable {
    /** Requests that wait for a thread: enough for a burst, few enough to answer in seconds. */
    private static final int QUEUE = 256;

    private static final int CHUNK = 64 * 1024;

    private final BlobFiles files;
    private final long maxBytes;
    private final ThreadPoolExecutor disk;

    private DiskBlobs(BlobFiles files, long maxBytes, int threads) {
        this.files = files;
        this.maxBytes = maxBytes;
        this.disk = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "blob-disk");
                    thread.setDaemon(true);
                    return thread;
                });
        disk.allowCoreThreadTimeOut(true);
    }

    /**
     * Opens the store, creating it if it is not there, and removes what puts that were cut off left behind.
     *
     * @param maxBytes the size of the largest blob that it takes
     * @param threads how many requests use the disk at once
     */
    public static DiskBlobs open(Path directory, long maxBytes, int threads) throws IOException {
        return new DiskBlobs(BlobFiles.open(directory), maxBytes, threads);
    }

    @Override
    public CompletionStage<BlobId> put(InputStream content) {
        return run(() -> {
            BlobWriter writer = new BlobWriter(files, maxBytes);
            try (content;
                    writer) {
                byte[] chunk = new byte[CHUNK];
                for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                    writer.write(ByteBuffer.wrap(chunk, 0, read));
                }
                return writer.finish();
            }
        });
    }

    @Override
    public CompletionStage<BlobId> put(Flow.Publisher<byte[]> chunks) {
        CompletableFuture<BlobId> stored = new CompletableFuture<>();
        chunks.subscribe(new BlobUpload(this, () -> new BlobWriter(files, maxBytes), stored));
        return stored;
    }

    @Override
    public CompletionStage<Content> get(BlobId id) {
        return run(() -> {
            Path file = files.path(id);
            try {
                return new Content(Files.size(file), new VerifiedStream(id, files, Files.newInputStream(file)));
            } catch (NoSuchFileException e) {
                throw absent(id);
            }
        });
    }

    @Override
    public CompletionStage<byte[]> bytes(BlobId id, int limit) {
        return run(() -> {
            Path file = files.path(id);
            try (InputStream stream = new VerifiedStream(id, files, Files.newInputStream(file))) {
                long size = Files.size(file);
                if (size > limit) {
                    throw new BlobException(
                            TOO_LARGE,
                            "blob " + id + " has " + size + " bytes, at most " + limit + " fit here; stream it");
                }
                return stream.readAllBytes();
            } catch (NoSuchFileException e) {
                throw absent(id);
            }
        });
    }

    private static BlobException absent(BlobId id) {
        return new BlobException(ABSENT, "no blob " + id + " here; ask another node or store it again");
    }

    @Override
    public CompletionStage<Boolean> has(BlobId id) {
        return run(() -> Files.exists(files.path(id)));
    }

    @Override
    public CompletionStage<List<BlobId>> list(Optional<BlobId> after, int limit) {
        return run(() -> {
            List<BlobId> ids = new ArrayList<>();
            int first = after.map(id -> id.hash().toArray()[0] & 0xff).orElse(0);
            for (int prefix = first; prefix < 256 && ids.size() < limit; prefix++) {
                try (Stream<BlobId> some = files.list(prefix)) {
                    some.filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0)
                            .limit(limit - ids.size())
                            .forEach(ids::add);
                }
            }
            return List.copyOf(ids);
        });
    }

    /** What all blobs take. Looks at every file: not for often. */
    public long usedBytes() throws IOException {
        long sum = 0;
        for (int prefix = 0; prefix < 256; prefix++) {
            try (Stream<BlobId> some = files.list(prefix)) {
                for (BlobId id : (Iterable<BlobId>) some::iterator) {
                    Path file = files.path(id);
                    sum += Files.exists(file) ? Files.size(file) : 0;
                }
            }
        }
        return sum;
    }

    /** What is left on their disk for this user. */
    public long freeBytes() throws IOException {
        return files.freeBytes();
    }

    /** Runs the work on the bounded pool; whatever it throws becomes a {@link BlobException}. */
    <T> CompletableFuture<T> run(Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            disk.execute(() -> {
                try {
                    answer.complete(work.call());
                } catch (BlobException e) {
                    answer.completeExceptionally(e);
                } catch (Exception e) {
                    answer.completeExceptionally(new BlobException(
                            FAILED, "the disk or the sender failed (" + e + "); look at the disk, then try again", e));
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    new BlobException(BUSY, "the disk is busy or the store is closed; try again in a second", e));
        }
        return answer;
    }

    /** Ends what runs and refuses the rest. */
    @Override
    public void close() {
        disk.shutdown();
    }
}

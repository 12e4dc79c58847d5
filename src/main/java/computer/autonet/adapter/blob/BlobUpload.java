package computer.autonet.adapter.blob;

import static computer.autonet.port.BlobException.Reason.FAILED;

import computer.autonet.base.BlobId;
import computer.autonet.port.BlobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Chunks on their way into a blob, one at a time: the next is asked for when the last is written (BLOB-05). */
final class BlobUpload implements Flow.Subscriber<byte[]> {
    private final DiskBlobs store;
    private final Callable<BlobWriter> opening;
    private final CompletableFuture<BlobId> stored;
    private Flow.@Nullable Subscription subscription;
    private @Nullable BlobWriter writer;
    /** The work so far, one piece after the other: signals may come before the last piece is done. */
    private CompletableFuture<?> work = CompletableFuture.completedFuture(null);

    BlobUpload(DiskBlobs store, Callable<BlobWriter> opening, CompletableFuture<BlobId> stored) {
        this.store = store;
        this.opening = opening;
        this.stored = stored;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        if (subscription != null) {
            given.cancel();
            return;
        }
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(byte[] chunk) {
        then(() -> {
                    writer().write(ByteBuffer.wrap(chunk));
                    return null;
                })
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        requestOne();
                    } else {
                        fail(failure);
                    }
                });
    }

    @Override
    public void onError(Throwable cause) {
        fail(new BlobException(FAILED, "the sender broke off (" + cause + "); send it again", cause));
    }

    @Override
    public void onComplete() {
        then(() -> writer().finish()).whenComplete((id, failure) -> {
            if (failure == null) {
                stored.complete(id);
            } else {
                fail(failure);
            }
        });
    }

    private BlobWriter writer() throws Exception {
        if (writer == null) {
            writer = opening.call();
        }
        return writer;
    }

    private synchronized <T> CompletableFuture<T> then(Callable<T> piece) {
        CompletableFuture<T> next = work.thenCompose(before -> store.run(piece));
        work = next;
        return next;
    }

    private synchronized void requestOne() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    /** Ends the upload and, once no piece of it runs, removes its file. Signals that still come find no work to go on with. */
    private synchronized void fail(Throwable failed) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        if (subscription != null) {
            subscription.cancel();
        }
        work = work.handle((done, failure) -> {
                    try {
                        if (writer != null) {
                            writer.close();
                        }
                    } catch (IOException e) {
                        cause.addSuppressed(e);
                    }
                    stored.completeExceptionally(cause);
                    return null;
                })
                .thenCompose(removed -> CompletableFuture.failedFuture(cause));
    }
}

package computer.autonet.gateway;

import computer.autonet.protocol.process.Code;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.BackpressureTimeoutException;
import org.apache.pekko.stream.StreamIdleTimeoutException;
import org.apache.pekko.stream.javadsl.Source;

/** What this node is streaming, in and out: a bounded number, since each holds buffers as long as it lasts (GATE-06). */
final class OpenStreams {
    /** GATE-06: a few hundred kilobytes each. */
    static final int MAX = 1_024;

    /** GATE-06: who neither takes nor sends anything for so long has gone or stalls, and its place is another's. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Duration patience;
    private final Semaphore places = new Semaphore(MAX);

    OpenStreams() {
        this(PATIENCE);
    }

    OpenStreams(Duration patience) {
        this.patience = patience;
    }

    /** The source, holding a place from its start to its end. */
    <T> Source<T, NotUsed> bounded(Source<T, NotUsed> source) {
        return Source.lazySource(() -> {
                    if (!places.tryAcquire()) {
                        return Source.<T>failed(full());
                    }
                    return source.backpressureTimeout(patience)
                            .mapError(BackpressureTimeoutException.class, slow -> tooSlow("took"))
                            .watchTermination((any, done) -> {
                                done.whenComplete((end, failure) -> places.release());
                                return NotUsed.getInstance();
                            });
                })
                .mapMaterializedValue(any -> NotUsed.getInstance());
    }

    /** What a caller sends, as long as it does. */
    <T> Source<T, NotUsed> arriving(Source<T, NotUsed> source) {
        return source.idleTimeout(patience).mapError(StreamIdleTimeoutException.class, slow -> tooSlow("sent"));
    }

    private Problem tooSlow(String did) {
        return Problem.of(
                Status.Code.DEADLINE_EXCEEDED,
                "TOO_SLOW",
                "the caller " + did + " nothing for " + patience.toSeconds() + " s",
                "open the stream again when there is time for it");
    }

    /** The stage, holding a place until it completes. */
    <T> CompletionStage<T> bounded(Supplier<CompletionStage<T>> stage) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(full());
        }
        return stage.get().whenComplete((value, failure) -> places.release());
    }

    private static Problem full() {
        return Problem.of(
                Code.FULL,
                MAX + " streams are open on this node",
                "close one, repeat in a second, or ask another node");
    }
}

package computer.autonet.gateway;

import computer.autonet.protocol.process.Code;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** What this node is streaming, in and out: a bounded number, since each holds buffers as long as it lasts (GATE-06). */
final class OpenStreams {
    /** GATE-06: a few hundred kilobytes each. */
    static final int MAX = 1_024;

    private final Semaphore places = new Semaphore(MAX);

    /** The source, holding a place from its start to its end. */
    <T> Source<T, NotUsed> bounded(Source<T, NotUsed> source) {
        return Source.lazySource(() -> {
                    if (!places.tryAcquire()) {
                        return Source.<T>failed(full());
                    }
                    return source.watchTermination((any, done) -> {
                        done.whenComplete((end, failure) -> places.release());
                        return NotUsed.getInstance();
                    });
                })
                .mapMaterializedValue(any -> NotUsed.getInstance());
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

package computer.autonet.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tries something again while only the transport fails, with growing pauses.
 *
 * @param tries in all
 * @param firstPauseMillis before the second try; doubles up to {@code longestPauseMillis}
 * @param patienceMillis how long one try may take
 */
record Retries(int tries, long firstPauseMillis, long longestPauseMillis, long patienceMillis) {
    /**
     * Eleven seconds of pauses where the transport fails at once, a minute and a half where nothing answers: longer than a
     * cluster takes to move a shard.
     */
    static final Retries CALL = new Retries(8, 100, 5_000, 10_000);

    /** A blob of the largest size takes longer to move. */
    static final Retries BLOB = new Retries(6, 200, 5_000, 60_000);

    <T> CompletionStage<T> run(String what, Supplier<CompletionStage<T>> call) {
        return run(what, call, 1);
    }

    private <T> CompletionStage<T> run(String what, Supplier<CompletionStage<T>> call, int attempt) {
        CompletableFuture<T> started;
        try {
            // A copy: a timeout must not complete the caller's own future.
            started = call.get().toCompletableFuture().copy();
        } catch (RuntimeException e) {
            started = CompletableFuture.failedFuture(e);
        }
        return started.orTimeout(patienceMillis, TimeUnit.MILLISECONDS)
                .handle((value, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.<T>completedFuture(value);
                    }
                    var refusal = Failures.refusal(failure);
                    if (refusal.isPresent() && (attempt >= tries || !Failures.isPassing(failure))) {
                        return CompletableFuture.<T>failedFuture(refusal.get());
                    }
                    if (attempt >= tries) {
                        String outcome = Failures.said(failure)
                                .map(word -> " failed in " + tries + " tries: " + word)
                                .orElse(" got no answer in " + tries + " tries; is a node up and reachable?");
                        return CompletableFuture.<T>failedFuture(
                                new UnreachableException(what + outcome, Failures.cause(failure)));
                    }
                    return CompletableFuture.supplyAsync(() -> run(what, call, attempt + 1), pause(attempt))
                            .thenCompose(next -> next);
                })
                .thenCompose(next -> next);
    }

    /** What waits before the next try. */
    Executor pause(int attempt) {
        long millis = Math.min(longestPauseMillis, firstPauseMillis << Math.min(attempt - 1, 16));
        return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    }
}

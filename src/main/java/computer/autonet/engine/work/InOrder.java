package computer.autonet.engine.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asynchronous steps one after the other, so that only one model's worth of memory is in the air. */
final class InOrder {
    private InOrder() {}

    static <T, R> CompletionStage<List<R>> each(List<T> items, Function<T, CompletionStage<R>> step) {
        CompletionStage<List<R>> done = CompletableFuture.completedFuture(new ArrayList<>());
        for (T item : items) {
            done = done.thenCompose(results -> step.apply(item).thenApply(result -> {
                results.add(result);
                return results;
            }));
        }
        return done;
    }
}

package computer.autonet.gateway;

import computer.autonet.base.Identity;
import computer.autonet.protocol.process.Code;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Lets the acts of one identity run one after the other, since each needs the nonce after the last (GATE-15). */
final class Turns {
    /** GATE-15: acts of one identity that may wait; at a few milliseconds each, the last one waits seconds. */
    static final int MAX_WAITING = 256;

    private final Map<Identity, Queue<Runnable>> waiting = new HashMap<>();

    /** Runs the work when all that came before it for this identity has completed, well or not. */
    <T> CompletionStage<T> take(Identity identity, Supplier<CompletionStage<T>> work) {
        var answer = new CompletableFuture<T>();
        Runnable turn = () -> run(identity, work, answer);
        synchronized (waiting) {
            Queue<Runnable> queue = waiting.get(identity);
            if (queue != null) {
                if (queue.size() >= MAX_WAITING) {
                    return CompletableFuture.failedFuture(Problem.of(
                            Code.FULL,
                            MAX_WAITING + " acts of " + identity.brief() + " wait on this node",
                            "send it again in a few seconds"));
                }
                queue.add(turn);
                return answer;
            }
            waiting.put(identity, new ArrayDeque<>());
        }
        turn.run();
        return answer;
    }

    private <T> void run(Identity identity, Supplier<CompletionStage<T>> work, CompletableFuture<T> answer) {
        CompletionStage<T> stage;
        try {
            stage = work.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        // Off this stack: otherwise a long queue whose acts fail at once would nest as deep as it is long.
        stage.whenCompleteAsync((value, failure) -> {
            next(identity);
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    private void next(Identity identity) {
        Runnable turn;
        synchronized (waiting) {
            Queue<Runnable> queue = waiting.get(identity);
            turn = queue == null ? null : queue.poll();
            if (turn == null) {
                waiting.remove(identity);
                return;
            }
        }
        turn.run();
    }
}

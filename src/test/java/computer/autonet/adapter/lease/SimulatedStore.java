package computer.autonet.adapter.lease;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A database of one row whose requests and answers are late, lost or fail, and whose nodes' clocks differ: each request is
 * judged by the clock of one of them, in whole seconds, as Cassandra does.
 */
final class SimulatedStore implements LeaseStore {
    private static final long SECOND = 1_000_000_000L;

    private final VirtualTime time;
    private final SplittableRandom random;
    private final long skewNanos;
    private long epoch;
    private @Nullable String holder;
    private long forgottenAtSecond;

    /** Every holding that was given, in order. */
    final List<String> given = new ArrayList<>();

    SimulatedStore(VirtualTime time, SplittableRandom random, long skewNanos) {
        this.time = time;
        this.random = random;
        this.skewNanos = skewNanos;
    }

    /** The whole seconds that one of the database's nodes reads now; all differ by at most the skew. */
    private long second() {
        return (100 * SECOND + time.now() + random.nextLong(skewNanos + 1)) / SECOND;
    }

    private <T> CompletionStage<T> request(Supplier<T> effect) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        int fate = random.nextInt(100);
        time.after(delay(), () -> {
            if (fate < 5) {
                time.after(delay(), () -> answer.completeExceptionally(new IOException("not reached")));
                return;
            }
            T result = effect.get();
            if (fate >= 15) {
                time.after(delay(), () -> answer.complete(result));
            }
        });
        return answer;
    }

    /** Mostly milliseconds, sometimes seconds. */
    private long delay() {
        return random.nextInt(10) == 0 ? random.nextLong(4 * SECOND) : random.nextLong(SECOND / 50);
    }

    private boolean isFree(long second) {
        return holder == null || second >= forgottenAtSecond;
    }

    @Override
    public CompletionStage<OptionalLong> take(String lease, String taker, Duration ttl) {
        return request(() -> {
            long second = second();
            if (!isFree(second)) {
                return OptionalLong.empty();
            }
            holder = taker;
            epoch++;
            forgottenAtSecond = second + ttl.toSeconds();
            given.add(taker + "@" + epoch);
            return OptionalLong.of(epoch);
        });
    }

    @Override
    public CompletionStage<Boolean> renew(String lease, String renewer, long term, Duration ttl) {
        return request(() -> {
            long second = second();
            boolean mine = !isFree(second) && renewer.equals(holder) && epoch == term;
            if (mine) {
                forgottenAtSecond = second + ttl.toSeconds();
            }
            return mine;
        });
    }

    @Override
    public CompletionStage<Boolean> release(String lease, String releaser, long term) {
        return request(() -> {
            boolean mine = releaser.equals(holder) && epoch == term;
            if (mine) {
                holder = null;
            }
            return mine;
        });
    }
}

package computer.autonet.adapter.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is done with a lease that was given so late that it cannot be believed in (LEASE-07). */
class LateAnswerTest {
    private static final LeaseTiming TIMING = new LeaseTiming(
            Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(3));

    private final VirtualTime world = new VirtualTime();
    private final CompletableFuture<OptionalLong> answer = new CompletableFuture<>();
    private final List<String> freed = new ArrayList<>();

    private final LeaseKeeper keeper = new LeaseKeeper(
            "shard",
            "a",
            new LeaseStore() {
                @Override
                public CompletionStage<OptionalLong> take(String lease, String holder, Duration ttl) {
                    return answer;
                }

                @Override
                public CompletionStage<Boolean> renew(String lease, String holder, long epoch, Duration ttl) {
                    return CompletableFuture.completedFuture(true);
                }

                @Override
                public CompletionStage<Boolean> release(String lease, String holder, long epoch) {
                    freed.add(holder + " " + epoch);
                    return CompletableFuture.completedFuture(true);
                }
            },
            new LeaseTime() {
                @Override
                public long now() {
                    return world.now();
                }

                @Override
                public void after(Duration delay, Runnable action) {
                    world.after(delay.toNanos(), action);
                }
            },
            TIMING);

    private boolean takenWhenAnsweredAfter(Duration late) {
        CompletableFuture<Boolean> taken = keeper.acquire().toCompletableFuture();
        world.after(late.toNanos(), () -> answer.complete(OptionalLong.of(7)));
        while (!taken.isDone()) {
            assertThat(world.step(Duration.ofSeconds(10).toNanos())).isTrue();
        }
        return taken.join();
    }

    @Test
    void lease07AnAnswerWithinTheTimeoutButAfterTheEndOfBeliefIsGivenBackAtOnce() {
        assertThat(takenWhenAnsweredAfter(Duration.ofMillis(2_500))).isFalse();
        assertThat(keeper.held()).isFalse();
        assertThat(freed).containsExactly("a#1 7");
    }

    @Test
    void anAnswerInTimeIsKept() {
        assertThat(takenWhenAnsweredAfter(Duration.ofMillis(1_500))).isTrue();
        assertThat(keeper.held()).isTrue();
        assertThat(keeper.epoch()).isEqualTo(7);
        assertThat(freed).isEmpty();
    }
}

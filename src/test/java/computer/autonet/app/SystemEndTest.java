package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** A node that was cut off ends in bounded time, whatever its actor system still waits for (NODE-02). */
class SystemEndTest {
    private static final long LIMIT_SECONDS = 30;

    private final ActorSystem<Void> system = ActorSystem.create(
            Behaviors.empty(), "ending", ConfigFactory.parseString("""
                    pekko.fail-mixed-versions = off
                    pekko.coordinated-shutdown.phases.actor-system-terminate.timeout = 300 ms
                    """).withFallback(ConfigFactory.defaultReference()));

    @Test
    void anEndThatNeverComesIsWaitedForAsLongAsItsPhaseAndNoLonger() {
        var ended = SystemEnd.of(system);
        var lost = new CountDownLatch(1);
        system.classicSystem().registerOnTermination((Runnable) () -> {
            try {
                lost.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterDowningReason());

        Local.await(ended, LIMIT_SECONDS);
        assertThat(system.whenTerminated().isCompleted()).isFalse();
        lost.countDown();
        Local.await(system.getWhenTerminated(), LIMIT_SECONDS);
    }

    @Test
    void aSystemThatEndsIsNotWaitedForAnyLonger() {
        var ended = SystemEnd.of(system);
        assertThat(ended).isNotDone();

        system.terminate();

        Local.await(system.getWhenTerminated(), LIMIT_SECONDS);
        Local.await(ended, LIMIT_SECONDS);
    }
}

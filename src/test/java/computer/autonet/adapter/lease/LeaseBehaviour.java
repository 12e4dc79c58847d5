package computer.autonet.adapter.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every lease store does, through Pekko's own interface. */
abstract class LeaseBehaviour {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    final List<ActorSystem> systems = new ArrayList<>();

    abstract Config settings();

    ActorSystem system() {
        // Short times, so that a test can wait for them.
        ActorSystem system = ActorSystem.create(
                "leases",
                ConfigFactory.parseString(
                                "autonet.lease { heartbeat-timeout = 4s, heartbeat-interval = 500ms, clock-margin = 2s }")
                        .withFallback(settings()));
        systems.add(system);
        return system;
    }

    static void end(ActorSystem system) throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void endAll() throws Exception {
        for (ActorSystem system : systems) {
            end(system);
        }
    }

    static Lease lease(ActorSystem system, String name, String owner) {
        return LeaseProvider.get(system).getLease(name, "autonet.lease", owner);
    }

    static boolean get(CompletionStage<Boolean> answer) throws Exception {
        return answer.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** LEASE-01. */
    @Test
    void oneOfTwoContendersHoldsItAndEachHoldingHasTheNextEpoch() throws Exception {
        ActorSystem system = system();
        Leases leases = Leases.get(system);
        Lease a = lease(system, "contended", "a");
        Lease b = lease(system, "contended", "b");
        assertThat(leases.held("contended")).isFalse();
        assertThat(leases.epoch("contended")).isZero();
        long epoch = 0;
        for (int round = 1; round <= 5; round++) {
            CompletionStage<Boolean> first = a.acquire();
            CompletionStage<Boolean> second = b.acquire();
            boolean gotA = get(first);
            boolean gotB = get(second);
            assertThat(gotA && gotB).isFalse();
            // An answer that came too late to believe in is none: then one asks again.
            long asking = System.nanoTime();
            while (!gotA && !gotB && System.nanoTime() - asking < PATIENCE_NANOS) {
                gotA = get(a.acquire());
            }
            assertThat(gotA || gotB).isTrue();
            assertThat(a.checkLease()).isEqualTo(gotA);
            assertThat(b.checkLease()).isEqualTo(gotB);
            assertThat(leases.held("contended")).isTrue();
            assertThat(leases.epoch("contended")).isGreaterThan(epoch);
            epoch = leases.epoch("contended");
            assertThat(get(gotA ? a.release() : b.release())).isTrue();
            assertThat(leases.held("contended")).isFalse();
            assertThat(leases.epoch("contended")).isEqualTo(epoch);
        }
    }

    /** LEASE-05. */
    @Test
    void aHolderThatFindsItsLeaseTakenIsToldAndStopsBelieving() throws Exception {
        ActorSystem system = system();
        CompletableFuture<Optional<Throwable>> lost = new CompletableFuture<>();
        Lease held = lease(system, "usurped", "a");
        assertThat(get(held.acquire(lost::complete))).isTrue();
        usurp(system, "usurped");
        assertThat(lost.get(20, TimeUnit.SECONDS)).isPresent();
        assertThat(held.checkLease()).isFalse();
        assertThat(get(held.acquire())).isFalse();
    }

    /** Takes the lease from its holder behind its back. */
    abstract void usurp(ActorSystem system, String lease) throws Exception;
}

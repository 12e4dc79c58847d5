package computer.autonet.adapter.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every lease store does, through Pekko's own interface. */
abstract class LeaseBehaviour {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    final List<ActorSystem> systems = new ArrayList<>();

    abstract Config settings();

    /** One that has its connection, where it needs one, and the tables behind it. */
    ActorSystem system() throws InterruptedException {
        // As short as a test can wait for, and long enough for a database that shares its disk.
        ActorSystem system =
                ActorSystem.create("leases", ConfigFactory.parseString("""
                        autonet.lease {
                          heartbeat-timeout = 12s
                          heartbeat-interval = 500ms
                          clock-margin = 2s
                          lease-operation-timeout = 10s
                        }
                        """).withFallback(settings()));
        systems.add(system);
        Lease first = lease(system, "first of " + Leases.get(system).life(), "anybody");
        assertThat(takenInTime(first)).isTrue();
        var unused = first.release();
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

    /** An answer that did not come, or came too late to believe in, is none. */
    static boolean taken(CompletionStage<Boolean> answer) throws InterruptedException {
        try {
            return answer.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Asks again until it has the lease, as sharding does. */
    static boolean takenInTime(Lease lease) throws InterruptedException {
        long asking = System.nanoTime();
        boolean taken = false;
        while (!taken && System.nanoTime() - asking < PATIENCE_NANOS) {
            taken = taken(lease.acquire());
        }
        return taken;
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
            boolean gotA = taken(first);
            boolean gotB = taken(second);
            assertThat(gotA && gotB).isFalse();
            if (!gotA && !gotB) {
                gotA = takenInTime(a);
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
        assertThat(lost.get(30, TimeUnit.SECONDS)).isPresent();
        assertThat(held.checkLease()).isFalse();
        assertThat(get(held.acquire())).isFalse();
    }

    /** Takes the lease from its holder behind its back. */
    abstract void usurp(ActorSystem system, String lease) throws Exception;
}

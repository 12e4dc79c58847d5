package computer.autonet.adapter.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.cassandra.TestCassandra;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.junit.jupiter.api.Test;

/** The behaviour of leases on a real Cassandra, and what its rows and transactions do. */
class CassandraLeaseTest extends LeaseBehaviour {
    private static final String KEYSPACE = "lease_behaviour";

    @Override
    Config settings() {
        try {
            return ConfigFactory.parseMap(Map.of(
                            "autonet.cassandra.contact-points",
                            List.of("127.0.0.1:" + TestCassandra.shared().port()),
                            "autonet.cassandra.keyspace",
                            KEYSPACE))
                    .withFallback(ConfigFactory.parseResourcesAnySyntax("journal-cassandra"))
                    .withFallback(ConfigFactory.parseString("pekko.fail-mixed-versions = off"))
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve();
        } catch (Exception e) {
            throw new IllegalStateException("no Cassandra to test against", e);
        }
    }

    @Override
    void usurp(ActorSystem system, String lease) throws Exception {
        try (CqlSession session = TestCassandra.shared().session()) {
            session.execute("UPDATE " + KEYSPACE + ".leases SET epoch = 2, holder = 'usurper' WHERE name = '" + lease
                    + "' IF epoch = 1");
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** LEASE-03: the row of a holder that fell silent is free after its time and not before, and its epoch stays. */
    @Test
    void aSilentHoldersLeaseIsTakenAfterItsTimeAndNotBefore() throws Exception {
        try (CqlSession session = TestCassandra.shared().session()) {
            CassandraLeaseStore store =
                    new CassandraLeaseStore(() -> CompletableFuture.completedFuture(session), KEYSPACE, 1);
            Duration ttl = Duration.ofSeconds(4);
            Duration lasting = Duration.ofSeconds(60);
            long taken = System.nanoTime();
            assertThat(await(store.take("silent", "a", ttl))).isEqualTo(OptionalLong.of(1));
            OptionalLong byOther;
            do {
                byOther = await(store.take("silent", "b", lasting));
            } while (byOther.isEmpty() && System.nanoTime() - taken < 60_000_000_000L);
            assertThat(byOther).isEqualTo(OptionalLong.of(2));
            assertThat(System.nanoTime() - taken).isGreaterThan(3_000_000_000L);
            assertThat(await(store.renew("silent", "a", 1, ttl))).isFalse();
            assertThat(await(store.release("silent", "a", 1))).isFalse();
            assertThat(await(store.renew("silent", "b", 2, lasting))).isTrue();
        }
    }

    /** LEASE-01: many at once. */
    @Test
    void ofManyTakersAtOnceAtMostOneSucceedsAndNoEpochIsGivenTwice() throws Exception {
        try (CqlSession session = TestCassandra.shared().session()) {
            CassandraLeaseStore store =
                    new CassandraLeaseStore(() -> CompletableFuture.completedFuture(session), KEYSPACE, 1);
            for (int round = 1; round <= 5; round++) {
                List<CompletableFuture<OptionalLong>> takers = IntStream.range(0, 4)
                        .mapToObj(i -> store.take("crowd", "node" + i, Duration.ofSeconds(60))
                                .toCompletableFuture())
                        .toList();
                int winner = -1;
                for (int i = 0; i < takers.size(); i++) {
                    if (await(takers.get(i)).isPresent()) {
                        assertThat(winner).isEqualTo(-1);
                        winner = i;
                        assertThat(await(takers.get(i))).isEqualTo(OptionalLong.of(round));
                    }
                }
                assertThat(winner).isNotEqualTo(-1);
                assertThat(await(store.release("crowd", "node" + winner, round)))
                        .isTrue();
            }
        }
    }

    /** LEASE-02, LEASE-05: two actor systems, the first of which ends without a word. */
    @Test
    void afterASystemEndsAnotherHoldsItsLeaseUnderTheNextEpoch() throws Exception {
        ActorSystem first = system();
        ActorSystem second = system();
        assertThat(get(lease(first, "inherited", "one").acquire())).isTrue();
        Lease heir = lease(second, "inherited", "two");
        assertThat(get(heir.acquire())).isFalse();
        end(first);
        assertThat(takenInTime(heir)).isTrue();
        // An attempt whose answer was lost has used an epoch, too.
        assertThat(Leases.get(second).epoch("inherited")).isGreaterThan(1);
    }
}

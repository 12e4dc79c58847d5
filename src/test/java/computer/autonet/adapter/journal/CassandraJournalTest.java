package computer.autonet.adapter.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.typesafe.config.Config;
import computer.autonet.adapter.cassandra.JournalSession;
import computer.autonet.adapter.cassandra.TestCassandra;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.Test;

/** The behaviour of every journal, on a real Cassandra. */
class CassandraJournalTest extends JournalBehaviour {
    private static final String REPLAY_FILTER = "org.apache.pekko.persistence.journal.ReplayFilter";

    @Override
    Config settings() {
        try {
            return Systems.fragment(
                    "journal-cassandra",
                    Map.of(
                            "autonet.cassandra.contact-points",
                            List.of("127.0.0.1:" + TestCassandra.shared().port()),
                            "autonet.cassandra.keyspace",
                            "journal_behaviour",
                            "pekko.actor.testkit.typed.filter-leeway",
                            "60s"));
        } catch (Exception e) {
            throw new IllegalStateException("no Cassandra to test against", e);
        }
    }

    @Override
    void claim(ActorSystem<?> system, String networkId) throws Exception {
        try {
            get(CassandraNetwork.of((ExtendedActorSystem) Adapter.toClassic(system))
                    .claim(networkId));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof JournalException refused ? refused : e;
        }
    }

    /**
     * The embedded journal refuses the second writer's number; a database takes both, and whoever reads them stops. (Of two
     * events with the last number of all a reader gets the first only: there must be one after them.)
     */
    @Test
    void whatTwoWritersWroteUnderOneIdIsReadByNobody() throws Exception {
        ActorRef<Notebook.Command> one = open("contested", 0);
        assertThat(get(note(one, Notebook.lines("both know this")))).isEqualTo(1);
        ActorRef<Notebook.Command> other = open("contested", 0);
        assertThat(get(note(other, Notebook.lines("this is the other's")))).isEqualTo(2);
        assertThat(get(note(one, Notebook.lines("this is the first one's", "and this"))))
                .isEqualTo(3);
        LoggingTestKit.error("There was already a newer writer")
                .withLoggerName(REPLAY_FILTER)
                .expect(system, () -> {
                    try {
                        return open("contested", 0);
                    } catch (Exception e) {
                        throw new AssertionError("nobody was started", e);
                    }
                });
    }

    /**
     * The driver reads the answer to a lightweight transaction that came too late in V4, and breaks over it in V5: then the
     * connection closes with every write and renewal that is under way on it.
     */
    @Test
    void theConnectionSpeaksAProtocolInWhichALateTransactionHarmsNoOther() throws Exception {
        CqlSession session =
                get(JournalSession.of((ExtendedActorSystem) Adapter.toClassic(system), "pekko.persistence.cassandra")
                        .get());
        assertThat(session.getContext().getProtocolVersion()).isEqualTo(DefaultProtocolVersion.V4);
    }
}

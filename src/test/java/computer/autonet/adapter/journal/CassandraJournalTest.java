package computer.autonet.adapter.journal;

import com.typesafe.config.Config;
import computer.autonet.adapter.cassandra.TestCassandra;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** The behaviour of every journal, on a real Cassandra. */
class CassandraJournalTest extends JournalBehaviour {
    @Override
    Config settings() {
        try {
            return Systems.fragment(
                    "journal-cassandra",
                    Map.of(
                            "autonet.cassandra.contact-points",
                            List.of("127.0.0.1:" + TestCassandra.shared().port()),
                            "autonet.cassandra.keyspace",
                            "journal_behaviour"));
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
}

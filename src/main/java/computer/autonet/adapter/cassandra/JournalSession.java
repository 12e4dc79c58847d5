package computer.autonet.adapter.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.cassandra.query.javadsl.CassandraReadJournal;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSessionRegistry;

/** The journal's connection to the database, for what else a node keeps there. */
public final class JournalSession {
    private JournalSession() {}

    /**
     * Whoever opens it first says what it does first, so the journal's reader, which makes the journal's tables, is there
     * before.
     *
     * @param settings where the connection's are, {@code pekko.persistence.cassandra}
     */
    public static Supplier<CompletionStage<CqlSession>> of(ExtendedActorSystem system, String settings) {
        PersistenceQuery.get(system).getReadJournalFor(CassandraReadJournal.class, CassandraReadJournal.Identifier());
        CassandraSession session = CassandraSessionRegistry.get(system).sessionFor(settings);
        return session::underlying;
    }
}

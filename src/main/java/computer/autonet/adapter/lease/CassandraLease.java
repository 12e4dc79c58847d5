package computer.autonet.adapter.lease;

import com.typesafe.config.Config;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.persistence.cassandra.query.javadsl.CassandraReadJournal;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSessionRegistry;

/** A lease that is a row in Cassandra, for clusters. */
public final class CassandraLease extends KeptLease {
    /** Pekko creates it by the setting {@code lease-class}. */
    public CassandraLease(LeaseSettings settings, ExtendedActorSystem system) {
        super(settings, system, store(settings.leaseConfig(), system));
    }

    /**
     * Whether another node than this one holds a lease: then a cluster is there, whatever this node can reach of it (LEASE-08).
     * What an earlier life of this node left behind does not count.
     */
    public static CompletionStage<Boolean> heldByOthers(ExtendedActorSystem system) {
        String self = Cluster.get(system).selfMember().address().hostPort();
        return store(system.settings().config().getConfig("autonet.lease"), system)
                .heldByOthers(self);
    }

    /**
     * Shares the journal's connection to the database. Whoever opens it first says what it does first, so the journal's reader,
     * which makes the journal's tables, is there before.
     */
    private static CassandraLeaseStore store(Config settings, ExtendedActorSystem system) {
        PersistenceQuery.get(system).getReadJournalFor(CassandraReadJournal.class, CassandraReadJournal.Identifier());
        CassandraSession session = CassandraSessionRegistry.get(system).sessionFor(settings.getString("session"));
        return new CassandraLeaseStore(
                session::underlying, settings.getString("keyspace"), settings.getInt("replication-factor"));
    }
}

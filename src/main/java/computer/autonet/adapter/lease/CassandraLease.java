package computer.autonet.adapter.lease;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSessionRegistry;

/** A lease that is a row in Cassandra, for clusters. */
public final class CassandraLease extends KeptLease {
    /** Pekko creates it by the setting {@code lease-class}. */
    public CassandraLease(LeaseSettings settings, ExtendedActorSystem system) {
        super(settings, system, store(settings.leaseConfig(), system));
    }

    /** Shares the journal's connection to the database. */
    private static LeaseStore store(Config settings, ExtendedActorSystem system) {
        CassandraSession session = CassandraSessionRegistry.get(system).sessionFor(settings.getString("session"));
        return new CassandraLeaseStore(
                session::underlying, settings.getString("keyspace"), settings.getInt("replication-factor"));
    }
}

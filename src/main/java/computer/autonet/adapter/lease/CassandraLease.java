package computer.autonet.adapter.lease;

import com.typesafe.config.Config;
import computer.autonet.adapter.cassandra.JournalSession;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.coordination.lease.LeaseSettings;

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

    private static CassandraLeaseStore store(Config settings, ExtendedActorSystem system) {
        String keyspace = settings.getString("keyspace");
        return Leases.get(system)
                .stored(
                        keyspace,
                        () -> new CassandraLeaseStore(
                                JournalSession.of(system, settings.getString("session")),
                                keyspace,
                                settings.getInt("replication-factor")));
    }
}

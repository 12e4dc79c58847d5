package computer.autonet.app;

import com.typesafe.config.Config;
import computer.autonet.adapter.lease.CassandraLease;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node finds its cluster. A node without seeds founds one of its own; others join the seeds. The first seed founds the
 * cluster if no other seed answers, but only while no other node holds a lease (LEASE-08): one that comes back while it is cut
 * off, or while the others are busy, would otherwise found a second cluster beside the first.
 */
final class Joining {
    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

    /** Between two looks at the leases, of which those of dead nodes end by themselves. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private final Cluster cluster;
    private final List<Address> seeds;
    private boolean waits;

    private Joining(ActorSystem<?> system, Cluster cluster, List<Address> seeds) {
        this.system = system;
        this.cluster = cluster;
        this.seeds = seeds;
    }

    static void start(ActorSystem<?> system, Config config, List<Address> named) {
        Cluster cluster = Cluster.get(system);
        Address self = cluster.selfMember().address();
        List<Address> seeds = named.isEmpty() ? List.of(self) : named;
        if (seeds.size() > 1
                && seeds.get(0).equals(self)
                && config.getString("autonet.journal").equals("cassandra")) {
            new Joining(system, cluster, seeds).look();
        } else {
            cluster.manager().tell(new JoinSeedNodes(seeds));
        }
    }

    private void look() {
        CassandraLease.heldByOthers((ExtendedActorSystem) Adapter.toClassic(system))
                .whenComplete((held, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "the leases cannot be read yet, so this first seed founds no cluster: {}",
                                failure.toString());
                    }
                    if (failure == null && !held) {
                        cluster.manager().tell(new JoinSeedNodes(seeds));
                    } else if (!isMember()) {
                        joinOthers();
                        system.scheduler().scheduleOnce(LOOK, this::look, system.executionContext());
                    }
                });
    }

    /** Only the first of the seeds may found a cluster, so this node is left out. */
    private void joinOthers() {
        if (!waits) {
            waits = true;
            cluster.manager().tell(new JoinSeedNodes(seeds.subList(1, seeds.size())));
        }
    }

    private boolean isMember() {
        MemberStatus status = cluster.selfMember().status();
        return !status.equals(MemberStatus.removed());
    }
}

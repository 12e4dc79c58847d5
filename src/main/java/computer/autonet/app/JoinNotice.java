package computer.autonet.app;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line for people whose node has started and is not in its cluster yet: what it waits for, and how long at most (NODE-09). */
final class JoinNotice {
    private static final Logger LOG = LoggerFactory.getLogger(JoinNotice.class);

    /** Seeds that are there let a node in sooner. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private JoinNotice() {}

    /** Says it once, if by then it is so. A node without other seeds founds its cluster and waits for nobody. */
    static void tellLater(Node node, Config config) {
        List<Address> seeds = Seeds.of(config);
        if (seeds.stream().allMatch(node.address()::equals)) {
            return;
        }
        CompletableFuture.delayedExecutor(QUIET.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!node.system().whenTerminated().isCompleted() && !node.isUp()) {
                        LOG.warn(sentence(config, seeds, node.address()));
                    }
                });
    }

    static String sentence(Config config, List<Address> seeds, Address self) {
        List<String> others = seeds.stream()
                .filter(seed -> !seed.equals(self))
                .map(seed -> seed.hostPort().replaceFirst("^.*@", ""))
                .toList();
        String founds = "";
        if (seeds.get(0).equals(self)) {
            // LEASE-08.
            founds = config.getString("autonet.journal").equals("cassandra")
                    ? ", or, as the first seed, for the leases of all others to end, at most "
                            + config.getDuration("autonet.lease.heartbeat-timeout")
                                    .toSeconds()
                            + " s after their last sign of life, to found the cluster"
                    : ", or founds it";
        }
        return "this node is not in its cluster yet: it waits for one of " + others + " to let it in" + founds
                + "; it ends if that does not come within "
                + config.getDuration("pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes")
                        .toSeconds()
                + " s";
    }
}

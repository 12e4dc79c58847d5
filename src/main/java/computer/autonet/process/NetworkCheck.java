package computer.autonet.process;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The check, when a node joins a cluster, that both come from the same genesis (NODE-01). */
public final class NetworkCheck extends JoinConfigCompatChecker {
    /** Where a node's settings hold its network id; set from the genesis file, never by hand. */
    public static final String NETWORK_ID = "autonet.network-id";

    @Override
    public Seq<String> requiredKeys() {
        return sequence(NETWORK_ID);
    }

    @Override
    public ConfigValidation check(Config toCheck, Config actual) {
        ConfigValidation present = exists(requiredKeys(), toCheck);
        if (present instanceof Invalid) {
            return present;
        }
        String theirs = toCheck.getString(NETWORK_ID);
        String ours = actual.getString(NETWORK_ID);
        return theirs.equals(ours)
                ? JoinConfigCompatChecker.fullMatch(requiredKeys(), toCheck, actual)
                : new Invalid(sequence("NETWORK_DIFFERS: this cluster is of network " + ours + ", not of " + theirs
                        + "; start the node with the cluster's genesis file"));
    }

    private static Seq<String> sequence(String one) {
        return CollectionConverters.asScala(List.of(one)).toList();
    }
}

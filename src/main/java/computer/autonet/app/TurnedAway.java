package computer.autonet.app;

import java.util.Optional;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/** Why a node was turned away by the cluster that it wanted to join, where that is for its user to mend. */
final class TurnedAway {
    private TurnedAway() {}

    /** Empty while the node stands, and where it was told to stop. */
    static Optional<UserError> reason(ActorSystem<?> system) {
        return CoordinatedShutdown.get(system).getShutdownReason().flatMap(TurnedAway::explained);
    }

    private static Optional<UserError> explained(CoordinatedShutdown.Reason reason) {
        if (reason == CoordinatedShutdown.incompatibleConfigurationDetectedReason()) {
            return Optional.of(new UserError(
                    "NETWORK_DIFFERS",
                    "the cluster at autonet.cluster.seeds is of another network, or set up in another way that its "
                            + "node.log names",
                    "start with that network's genesis file"));
        }
        if (reason == CoordinatedShutdown.clusterJoinUnsuccessfulReason()) {
            return Optional.of(new UserError(
                    "SEEDS_UNREACHABLE",
                    "none of autonet.cluster.seeds answered",
                    "start the first of them, or correct the addresses"));
        }
        return Optional.empty();
    }
}

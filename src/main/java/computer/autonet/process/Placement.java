package computer.autonet.process;

import computer.autonet.base.ProcessId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;

/**
 * Where one process lives.
 *
 * @param leaseName the lease of its shard, without which it may not write
 * @param shard takes the request to leave memory
 */
public record Placement(
        ProcessId id,
        String leaseName,
        ActorRef<ShardCommand> shard,
        Host host,
        ActorContext<Request> context,
        TimerScheduler<Request> timers) {
    /** Makes the actor of one kind. */
    @FunctionalInterface
    public interface Maker {
        Behavior<Request> make(Placement placement);
    }

    /** The behavior of a process in its shard. */
    public static Behavior<Request> of(
            ProcessId id, String leaseName, ActorRef<ShardCommand> shard, Host host, Maker maker) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> maker.make(new Placement(id, leaseName, shard, host, context, timers))));
    }
}

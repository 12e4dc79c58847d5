package computer.autonet.app;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Tells people, in a sentence each, which nodes join the cluster, fall silent and leave it (NODE-09). */
final class Membership extends AbstractBehavior<ClusterEvent.ClusterDomainEvent> {
    /** Hears of the changes. */
    interface Listener {
        /** This node is a full member; how many are up, itself included. */
        void joined(int up);

        /** Another has joined, left, or changed whether it answers. */
        void changed(String what);
    }

    private final Listener listener;
    private final Cluster cluster;
    private final Address self;

    /** Members that are up, with whether they answer. */
    private final Map<Address, Boolean> up = new HashMap<>();

    private Membership(ActorContext<ClusterEvent.ClusterDomainEvent> context, Listener listener) {
        super(context);
        this.listener = listener;
        this.cluster = Cluster.get(context.getSystem());
        this.self = cluster.selfMember().address();
        // What is already so comes as events, too: none is news before this node is up itself.
        cluster.subscriptions().tell(Subscribe.create(context.getSelf(), ClusterEvent.ClusterDomainEvent.class));
    }

    /** From now on, until the system ends. */
    static void tell(ActorSystem<?> system, Listener listener) {
        Behavior<ClusterEvent.ClusterDomainEvent> behavior =
                Behaviors.setup(context -> new Membership(context, listener));
        system.systemActorOf(behavior, "autonet-membership", Props.empty());
    }

    @Override
    public Receive<ClusterEvent.ClusterDomainEvent> createReceive() {
        return newReceiveBuilder()
                .onMessage(ClusterEvent.MemberUp.class, event -> joined(event.member()))
                .onMessage(ClusterEvent.UnreachableMember.class, event -> answers(event.member(), false))
                .onMessage(ClusterEvent.ReachableMember.class, event -> answers(event.member(), true))
                .onMessage(ClusterEvent.MemberRemoved.class, this::removed)
                .build();
    }

    private Behavior<ClusterEvent.ClusterDomainEvent> joined(Member member) {
        if (up.putIfAbsent(member.address(), true) == null) {
            if (member.address().equals(self)) {
                listener.joined(up.size());
            } else {
                say(member, "has joined");
            }
        }
        return this;
    }

    private Behavior<ClusterEvent.ClusterDomainEvent> answers(Member member, boolean answers) {
        if (up.replace(member.address(), !answers, answers)) {
            say(member, answers ? "answers again" : "does not answer");
        }
        return this;
    }

    private Behavior<ClusterEvent.ClusterDomainEvent> removed(ClusterEvent.MemberRemoved event) {
        if (up.remove(event.member().address()) != null) {
            boolean orderly = event.previousStatus().equals(MemberStatus.exiting());
            say(event.member(), orderly ? "has left" : "is gone");
        }
        return this;
    }

    private void say(Member member, String what) {
        if (!up.containsKey(self) || member.address().equals(self)) {
            return;
        }
        // A node that leaves loses sight of the others: that is no news of them.
        if (!cluster.selfMember().status().equals(MemberStatus.up())) {
            return;
        }
        long answering = up.values().stream().filter(answers -> answers).count();
        String count = answering == up.size() ? up.size() + " up" : answering + " of " + up.size() + " within reach";
        listener.changed("node " + name(member) + " " + what + ", " + count);
    }

    /** As its settings call it; by its address where they do not. */
    private static String name(Member member) {
        String where = member.address().hostPort().replaceFirst("^.*@", "");
        return member.getRoles().stream()
                .filter(role -> role.startsWith(Settings.NAME_ROLE))
                .findFirst()
                .map(role -> role.substring(Settings.NAME_ROLE.length()) + " (" + where + ")")
                .orElse(where);
    }
}

package computer.autonet.app;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
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

/** Tells people, in a sentence each, which nodes join the cluster, fall silent and leave it. */
final class Membership extends AbstractBehavior<ClusterEvent.ClusterDomainEvent> {
    private final Consumer<String> told;
    private final Address self;

    /** Members that are up, with whether they answer. */
    private final Map<Address, Boolean> up = new HashMap<>();

    private Membership(ActorContext<ClusterEvent.ClusterDomainEvent> context, Consumer<String> told) {
        super(context);
        this.told = told;
        Cluster cluster = Cluster.get(context.getSystem());
        this.self = cluster.selfMember().address();
        for (Member member : cluster.state().getMembers()) {
            if (member.status().equals(MemberStatus.up())) {
                up.put(member.address(), true);
            }
        }
        // What is already so comes as events, too, and is not news: only changes of the map are told.
        cluster.subscriptions().tell(Subscribe.create(context.getSelf(), ClusterEvent.ClusterDomainEvent.class));
    }

    /** From now on, until the system ends. */
    static void tell(ActorSystem<?> system, Consumer<String> told) {
        Behavior<ClusterEvent.ClusterDomainEvent> behavior = Behaviors.setup(context -> new Membership(context, told));
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
            say(member, "has joined");
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
        if (member.address().equals(self)) {
            return;
        }
        long answering = up.values().stream().filter(answers -> answers).count();
        String count = answering == up.size() ? up.size() + " up" : answering + " of " + up.size() + " within reach";
        told.accept("node " + name(member) + " " + what + ", " + count);
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

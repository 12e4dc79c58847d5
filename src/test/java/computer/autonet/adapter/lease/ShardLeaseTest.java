package computer.autonet.adapter.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pekko's sharding on the shipped settings takes a lease per shard, under the name that the process host asks for. */
class ShardLeaseTest {
    private static final EntityTypeKey<Ask> TYPE = EntityTypeKey.create(Ask.class, "Counter");

    @TempDir
    Path directory;

    record Ask(String entity, ActorRef<String> replyTo) {}

    private ActorSystem<Void> node() {
        Config settings = ConfigFactory.parseMap(Map.of(
                        "autonet.data-dir", directory.toString(),
                        "pekko.actor.provider", "cluster",
                        "pekko.remote.artery.transport", "tcp",
                        "pekko.remote.artery.canonical.hostname", "127.0.0.1",
                        "pekko.remote.artery.canonical.port", 0,
                        "pekko.cluster.sharding.number-of-shards", 4,
                        "pekko.fail-mixed-versions", "off"))
                .withFallback(ConfigFactory.parseResourcesAnySyntax("journal-embedded"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "autonet", settings);
        Cluster.get(system)
                .manager()
                .tell(Join.create(Cluster.get(system).selfMember().address()));
        ClusterSharding.get(system)
                .init(Entity.of(
                        TYPE,
                        entity -> Behaviors.setup(context -> Behaviors.receive(Ask.class)
                                .onMessage(Ask.class, ask -> {
                                    // An entity is a child of its shard.
                                    ask.replyTo()
                                            .tell(context.getSelf()
                                                    .path()
                                                    .parent()
                                                    .name());
                                    return Behaviors.same();
                                })
                                .build())));
        return system;
    }

    /** LEASE-01, LEASE-06. */
    @Test
    void eachShardHoldsItsLeaseUnderTheNextEpochInEachLife() throws Exception {
        for (int life = 1; life <= 2; life++) {
            ActorSystem<Void> system = node();
            try {
                String shard = AskPattern.<Ask, String>ask(
                                ClusterSharding.get(system).entityRefFor(TYPE, "e1"),
                                replyTo -> new Ask("e1", replyTo),
                                Duration.ofSeconds(30),
                                system.scheduler())
                        .toCompletableFuture()
                        .get(40, TimeUnit.SECONDS);
                String lease = system.name() + "-shard-" + TYPE.name() + "-" + shard;
                assertThat(Leases.get(system).held(lease)).as(lease).isTrue();
                assertThat(Leases.get(system).epoch(lease)).isEqualTo(life);
            } finally {
                system.terminate();
                system.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
            }
        }
    }
}

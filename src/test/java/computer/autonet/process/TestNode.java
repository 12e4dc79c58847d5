package computer.autonet.process;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.lease.Leases;
import computer.autonet.entity.Entities;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** One node as the product wires it: embedded journal, leases, all kinds; alone in its cluster. */
final class TestNode implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    final ActorSystem<Void> system;
    final ProcessRegions regions;
    final Processes processes;

    /** A cluster of its own with all kinds. */
    TestNode(Path directory, InstantSource clock, String overrides) {
        this(directory, clock, overrides, Entities.ALL, Optional.empty());
    }

    /** @param seed whose cluster to join */
    TestNode(Path directory, InstantSource clock, String overrides, List<HostedKind> kinds, Optional<TestNode> seed) {
        this.system = ActorSystem.create(Behaviors.empty(), "autonet", config(directory, overrides));
        Cluster cluster = Cluster.get(system);
        cluster.manager()
                .tell(Join.create(seed.map(node -> Cluster.get(node.system))
                        .orElse(cluster)
                        .selfMember()
                        .address()));
        this.regions =
                ProcessRegions.start(system, kinds, People.GENESIS, new ConstitutionGuard(), clock, Leases.get(system));
        this.processes = new Processes(system, People.GENESIS, regions);
    }

    static Config config(Path directory, String overrides) {
        return ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseString("pekko.cluster.jmx.multi-mbeans-in-same-jvm = on"))
                .withFallback(ConfigFactory.parseMap(Map.of(
                        "autonet.data-dir",
                        directory.toString(),
                        // The first act also waits until the cluster stands: nearly as long as the test does.
                        "autonet.process.ask-deadline",
                        "35s")))
                .withFallback(ConfigFactory.parseResourcesAnySyntax("cluster"))
                .withFallback(ConfigFactory.parseResourcesAnySyntax("journal-embedded"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no result", e);
        }
    }

    @Override
    public void close() {
        system.terminate();
        await(system.getWhenTerminated());
    }
}

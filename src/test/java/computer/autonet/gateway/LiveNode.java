package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.blob.DiskBlobs;
import computer.autonet.adapter.lease.Leases;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.entity.Entities;
import computer.autonet.process.ProcessRegions;
import computer.autonet.process.Processes;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.v1.GatewayServiceClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.grpc.GrpcClientSettings;

/** One node with its journal, its blobs and its gateway on a free loopback port, and a client of that. */
final class LiveNode implements AutoCloseable {
    /** The largest blob that it takes. */
    static final int MAX_BLOB = 1 << 20;

    final ActorSystem<Void> system;
    final InstantSource clock = InstantSource.system();
    final GatewayEndpoint endpoint;
    final GatewayBinding binding;
    final GatewayServiceClient client;
    final AtomicBoolean serving = new AtomicBoolean(true);
    final AtomicBoolean journalAnswers = new AtomicBoolean(true);
    private final DiskBlobs blobs;

    LiveNode(Path directory) throws IOException {
        system = ActorSystem.create(Behaviors.empty(), "autonet", config(directory));
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        var regions = ProcessRegions.start(
                system, Entities.ALL, Settlers.GENESIS, new ConstitutionGuard(), clock, Leases.get(system));
        blobs = DiskBlobs.open(directory.resolve("blobs"), MAX_BLOB, 2);
        endpoint = new GatewayEndpoint(
                system,
                Settlers.GENESIS,
                clock,
                new ProcessesLog(new Processes(system, Settlers.GENESIS, regions), journalAnswers::get),
                blobs,
                new PyTorchTrainer(directory.resolve("engine")));
        binding = await(GatewayBinding.bind(system, "127.0.0.1", 0, endpoint, serving::get));
        client = GatewayServiceClient.create(settings(system, binding), system);
    }

    static GrpcClientSettings settings(ActorSystem<?> system, GatewayBinding binding) {
        return GrpcClientSettings.connectToServiceAt(
                        "127.0.0.1", binding.address().getPort(), system)
                .withTls(false);
    }

    private static Config config(Path directory) {
        return ConfigFactory.parseMap(Map.of(
                        "autonet.data-dir",
                        directory.toString(),
                        // The first act also waits until the cluster stands: nearly as long as the test does.
                        "autonet.process.ask-deadline",
                        "35s"))
                .withFallback(ConfigFactory.parseResourcesAnySyntax("cluster"))
                .withFallback(ConfigFactory.parseResourcesAnySyntax("journal-embedded"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    @Override
    public void close() {
        await(client.close());
        await(binding.unbind(Duration.ofSeconds(5)));
        system.terminate();
        await(system.getWhenTerminated());
        blobs.close();
    }
}

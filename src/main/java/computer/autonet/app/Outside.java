package computer.autonet.app;

import com.typesafe.config.ConfigFactory;
import computer.autonet.cli.GatewayOptions;
import computer.autonet.cli.GrpcConnector;
import computer.autonet.cli.Session;
import computer.autonet.client.NetworkClient;
import computer.autonet.v1.GatewayServiceClient;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.grpc.GrpcClientSettings;
import org.apache.pekko.stream.SystemMaterializer;

/** A connection to a node's gateway from outside the cluster, with what the node says about its own health. */
final class Outside implements AutoCloseable {
    private static final int CONNECT_MILLIS = 3_000;
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A node that takes longer to say how it is does not serve this worker now. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final String CONFIG = """
            pekko.loglevel = ERROR
            pekko.stdout-loglevel = ERROR
            pekko.daemonic = on
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            # pekko-discovery has no release that matches the rest.
            pekko.fail-mixed-versions = off
            """;

    private final ActorSystem system;
    private final GatewayServiceClient gateway;
    private final HealthClient health;
    private final Cancellable looks;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean serving;

    private Outside(ActorSystem system, GrpcClientSettings settings) {
        this.system = system;
        this.gateway = GatewayServiceClient.create(settings, system);
        this.health = HealthClient.create(settings, system);
        this.looks = system.scheduler().scheduleWithFixedDelay(Duration.ZERO, LOOK, this::look, system.dispatcher());
    }

    /** @throws computer.autonet.cli.CliException if nothing listens there */
    static Outside connect(GatewayOptions.Address address) {
        try (var probe = new Socket()) {
            probe.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
        } catch (IOException e) {
            throw Session.nothingAnswers(address);
        }
        // The reference alone: application.conf is a node's.
        var system = ActorSystem.create(
                "autonet-worker", ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.defaultReference()));
        return new Outside(system, GrpcConnector.settings(address, system));
    }

    /** One at a time: a node that does not answer is not asked ever more often. */
    private void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        health.check(HealthCheckRequest.getDefaultInstance())
                .toCompletableFuture()
                .orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> {
                    serving = failure == null && answer.getStatus() == HealthCheckResponse.ServingStatus.SERVING;
                    looking.set(false);
                });
    }

    /** Whether the node said so when it was last asked: a worker senses the network through it. */
    boolean serving() {
        return serving;
    }

    NetworkClient client() {
        return new NetworkClient(gateway, SystemMaterializer.get(system).materializer());
    }

    @Override
    public void close() {
        looks.cancel();
        gateway.close();
        health.close();
        system.terminate();
    }
}

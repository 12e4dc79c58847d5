package computer.autonet.cli;

import com.typesafe.config.ConfigFactory;
import computer.autonet.v1.GatewayServiceClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.grpc.GrpcClientSettings;
import org.apache.pekko.stream.SystemMaterializer;

/** Connects over gRPC without TLS, with streams but without a cluster behind them. */
final class GrpcConnector implements Connector {
    /** A gateway that takes longer to accept a connection is not there for a person who waits. */
    private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(3);

    private static final String CONFIG = """
            pekko.loglevel = OFF
            pekko.stdout-loglevel = OFF
            pekko.log-dead-letters = off
            pekko.daemonic = on
            pekko.jvm-shutdown-hooks = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            pekko.fail-mixed-versions = off
            """;

    @Override
    public Session connect(GatewayOptions.Address address, Duration timeout) {
        probe(address, timeout);
        // The reference alone: application.conf is a node's.
        var system = ActorSystem.create(
                "autonet-cli", ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.defaultReference()));
        var settings = GrpcClientSettings.connectToServiceAt(address.host(), address.port(), system)
                .withTls(false);
        var client = GatewayServiceClient.create(settings, system);
        return new Session(client, SystemMaterializer.get(system).materializer(), address, timeout, () -> {
            client.close();
            system.terminate();
        });
    }

    private static void probe(GatewayOptions.Address address, Duration timeout) {
        long millis = Math.min(timeout.toMillis(), MOST_TO_CONNECT.toMillis());
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) millis);
        } catch (IOException e) {
            throw Session.nothingAnswers(address);
        }
    }
}

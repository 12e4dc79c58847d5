package computer.autonet.cli;

import com.typesafe.config.ConfigFactory;
import computer.autonet.v1.GatewayServiceClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.grpc.GrpcClientSettings;
import org.apache.pekko.stream.SystemMaterializer;

/** Connects over gRPC without TLS, with streams but without a cluster behind them. */
public final class GrpcConnector implements Connector {
    /** A gateway that takes longer to accept a connection is not there for a person who waits. */
    private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(3);

    /** How long a connection with open calls may be silent before the other end is asked for a sign of life. */
    private static final long SILENCE_SECONDS = 10;

    /** Without that sign the connection is given up, and its calls fail instead of waiting for ever. */
    private static final long SIGN_SECONDS = 5;

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
        var client = GatewayServiceClient.create(settings(address, system), system);
        return new Session(client, SystemMaterializer.get(system).materializer(), address, timeout, () -> {
            client.close();
            system.terminate();
        });
    }

    /**
     * How a gateway is reached from outside. A watch says nothing while nothing happens, so one whose network was cut
     * would wait without end if the connection did not find that out.
     */
    public static GrpcClientSettings settings(GatewayOptions.Address address, ClassicActorSystemProvider system) {
        return GrpcClientSettings.connectToServiceAt(address.host(), address.port(), system)
                .withTls(false)
                .withChannelBuilderOverrides(channel -> channel.keepAliveTime(SILENCE_SECONDS, TimeUnit.SECONDS)
                        .keepAliveTimeout(SIGN_SECONDS, TimeUnit.SECONDS));
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

package computer.autonet.app;

import com.typesafe.config.ConfigFactory;
import computer.autonet.client.NetworkClient;
import computer.autonet.v1.GatewayServiceClient;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.grpc.GrpcClientSettings;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;

/** A stranger to the cluster with connections to its gateways. */
final class Local implements AutoCloseable {
    private static final String CONFIG = """
            pekko.loglevel = ERROR
            pekko.fail-mixed-versions = off
            pekko.daemonic = on
            """;

    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 31 % PORTS));

    final ActorSystem system = ActorSystem.create(
            "stranger", ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.defaultReference()));
    private final List<GatewayServiceClient> open = new ArrayList<>();

    GatewayServiceClient gateway(String host, int port) {
        var client = GatewayServiceClient.create(
                GrpcClientSettings.connectToServiceAt(host, port, system).withTls(false), system);
        open.add(client);
        return client;
    }

    NetworkClient client(GatewayServiceClient gateway) {
        return new NetworkClient(gateway, materializer());
    }

    Materializer materializer() {
        return SystemMaterializer.get(system).materializer();
    }

    static <T> T await(CompletionStage<T> stage, long seconds) {
        try {
            return stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer in " + seconds + " s", e);
        }
    }

    /** Below the range that outgoing connections take theirs from, so that none takes it before the node does. */
    static int freePort() throws IOException {
        while (true) {
            int port = FIRST_PORT + NEXT.getAndIncrement() % PORTS;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                continue;
            }
        }
    }

    @Override
    public void close() {
        open.forEach(GatewayServiceClient::close);
        system.terminate();
    }
}

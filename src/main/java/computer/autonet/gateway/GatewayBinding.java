package computer.autonet.gateway;

import com.typesafe.config.ConfigFactory;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GatewayServiceHandlerFactory;
import computer.autonet.v1.OperatorService;
import computer.autonet.v1.OperatorServiceHandlerFactory;
import io.grpc.Status;
import io.grpc.health.v1.Health;
import io.grpc.health.v1.HealthHandlerFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.grpc.javadsl.ServerReflection;
import org.apache.pekko.grpc.javadsl.ServiceHandler;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;

/** A gRPC server that is listening: HTTP/2 without TLS, with health and server reflection (GATE-12). */
public final class GatewayBinding {
    private final ServerBinding binding;

    private GatewayBinding(ServerBinding binding) {
        this.binding = binding;
    }

    /**
     * Opens the public edge.
     *
     * @param port 0 takes any free one
     * @param serving whether the node can answer now, for the health service; cheap
     */
    public static CompletionStage<GatewayBinding> bind(
            ActorSystem<?> system, String host, int port, GatewayEndpoint endpoint, BooleanSupplier serving) {
        var health = new HealthEndpoint(Set.of(GatewayService.name), serving);
        return bind(
                system,
                host,
                port,
                ServiceHandler.concatOrNotFound(
                        GatewayServiceHandlerFactory.create(endpoint, Statuses.mapper(), system),
                        HealthHandlerFactory.create(health, Statuses.mapper(), system),
                        ServerReflection.create(List.of(GatewayService.description, Health.description), system)));
    }

    /** Opens the operator's edge, on the loopback interface only; its calls need the token. */
    public static CompletionStage<GatewayBinding> bindOperator(
            ActorSystem<?> system, int port, OperatorEndpoint endpoint, OperatorToken token) {
        return bind(
                system,
                "127.0.0.1",
                port,
                ServiceHandler.concatOrNotFound(
                        token.guard(OperatorServiceHandlerFactory.create(endpoint, Statuses.mapper(), system), system),
                        ServerReflection.create(List.of(OperatorService.description), system)));
    }

    private static CompletionStage<GatewayBinding> bind(
            ActorSystem<?> system,
            String host,
            int port,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        // Message sizes are limited by FrameGuard, per method. Quiet watchers are kept by pings, the dead end by them.
        var config =
                ConfigFactory.parseString("""
                        pekko.http.server {
                          enable-http2 = on
                          idle-timeout = infinite
                          request-timeout = infinite
                          parsing.max-content-length = infinite
                          # They would put what somebody mistook for a token into the log.
                          parsing.illegal-header-warnings = off
                          http2 { ping-interval = 20s, ping-timeout = 10s }
                        }
                        """).withFallback(system.settings().config());
        var room = new GatheringRoom();
        Function<HttpRequest, CompletionStage<HttpResponse>> limited =
                request -> handler.apply(FrameGuard.limit(request, room))
                        .thenCompose(response -> typed(request, response, system));
        return Http.get(system)
                .newServerAt(host, port)
                .withSettings(ServerSettings.create(config.resolve()))
                .bind(limited)
                .thenApply(GatewayBinding::new);
    }

    /** GATE-03: a call that no service takes is refused like any other; what is no gRPC gets plain HTTP's answer. */
    private static CompletionStage<HttpResponse> typed(
            HttpRequest request, HttpResponse response, ActorSystem<?> system) {
        if (!response.status().equals(StatusCodes.NOT_FOUND)) {
            return CompletableFuture.completedFuture(response);
        }
        request.discardEntityBytes(system);
        return Statuses.response(
                        request,
                        Problem.of(
                                Status.Code.UNIMPLEMENTED,
                                "UNKNOWN_METHOD",
                                "no such service is offered at this port",
                                "call a method that server reflection lists"),
                        system)
                .orElseGet(() -> CompletableFuture.completedFuture(response));
    }

    /** Where it listens: the real port, also if 0 was asked for. */
    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /** Takes no new connection, lets what is under way end within the deadline, then closes. */
    public CompletionStage<Done> unbind(Duration deadline) {
        return binding.terminate(deadline).thenApply(terminated -> Done.getInstance());
    }
}

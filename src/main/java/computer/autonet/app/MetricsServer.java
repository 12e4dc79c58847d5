package computer.autonet.app;

import computer.autonet.adapter.metrics.Metrics;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.japi.function.Function;

/** Where Prometheus reads a node's meters: {@code GET /metrics}. It ends with the actor system. */
record MetricsServer(ServerBinding binding) {
    static CompletionStage<MetricsServer> bind(ActorSystem<?> system, String host, int port, Metrics metrics) {
        Function<HttpRequest, CompletionStage<HttpResponse>> handler = request -> answer(system, request, metrics);
        return Http.get(system).newServerAt(host, port).bind(handler).thenApply(MetricsServer::new);
    }

    private static CompletionStage<HttpResponse> answer(ActorSystem<?> system, HttpRequest request, Metrics metrics) {
        // A streamed body that nobody reads would keep the connection.
        request.discardEntityBytes(system);
        if (!request.getUri().path().equals("/metrics") || !request.method().equals(HttpMethods.GET)) {
            return CompletableFuture.completedFuture(
                    HttpResponse.create().withStatus(StatusCodes.NOT_FOUND).withEntity("read GET /metrics\n"));
        }
        // Some gauges ask actors and wait for them.
        return CompletableFuture.supplyAsync(() -> HttpResponse.create()
                .withEntity(
                        ContentTypes.parse(Metrics.CONTENT_TYPE),
                        metrics.scrape().getBytes(StandardCharsets.UTF_8)));
    }

    InetSocketAddress address() {
        return binding.localAddress();
    }
}

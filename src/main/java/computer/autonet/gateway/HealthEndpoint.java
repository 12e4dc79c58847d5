package computer.autonet.gateway;

import io.grpc.Status;
import io.grpc.health.v1.Health;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** The standard gRPC health service: whether this node answers now (GATE-12). */
final class HealthEndpoint implements Health {
    /** How soon a watcher learns of a change. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Set<String> services;
    private final BooleanSupplier serving;
    private final OpenStreams streams = new OpenStreams();

    /**
     * @param services by full name; the empty name stands for the whole server
     * @param serving cheap; asked at every check and twice a second per watcher
     */
    HealthEndpoint(Set<String> services, BooleanSupplier serving) {
        this.services = Set.copyOf(services);
        this.serving = serving;
    }

    @Override
    public CompletionStage<HealthCheckResponse> check(HealthCheckRequest request) {
        ServingStatus status = status(request.getService());
        if (status == ServingStatus.SERVICE_UNKNOWN) {
            throw Problem.of(
                    Status.Code.NOT_FOUND,
                    "UNKNOWN_SERVICE",
                    "no service " + request.getService() + " is offered here",
                    "leave the name empty, or use one that server reflection lists");
        }
        return CompletableFuture.completedFuture(response(status));
    }

    @Override
    public Source<HealthCheckResponse, NotUsed> watch(HealthCheckRequest request) {
        Source<HealthCheckResponse, ?> changes = Source.tick(Duration.ZERO, LOOK, request.getService())
                .map(this::status)
                .statefulMapConcat(() -> {
                    var last = new AtomicReference<@Nullable ServingStatus>();
                    return now -> now == last.getAndSet(now) ? List.of() : List.of(response(now));
                });
        return streams.bounded(changes.mapMaterializedValue(any -> NotUsed.getInstance()));
    }

    private ServingStatus status(String service) {
        if (!service.isEmpty() && !services.contains(service)) {
            return ServingStatus.SERVICE_UNKNOWN;
        }
        return serving.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }
}

package computer.autonet.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import computer.autonet.codec.CodecException;
import computer.autonet.port.BlobException;
import computer.autonet.port.TrainingException;
import computer.autonet.protocol.process.Code;
import io.grpc.Status;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.grpc.Trailers;
import org.apache.pekko.grpc.javadsl.GrpcExceptionHandler;
import org.apache.pekko.grpc.javadsl.GrpcMarshalling;
import org.apache.pekko.grpc.javadsl.MetadataBuilder;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Function;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a failure leaves the node: gRPC trailers whose {@code grpc-status-details-bin} is a google.rpc.Status with one
 * google.rpc.ErrorInfo (GATE-03). What nobody foresaw becomes INTERNAL with an incident id that the node's log has, too
 * (GATE-05).
 */
final class Statuses {
    static final String DOMAIN = "autonet.computer";

    /** The trailer that holds the details. */
    static final String DETAILS = "grpc-status-details-bin";

    private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);

    private Statuses() {}

    /** In the form in which Pekko's handlers take it. */
    static Function<ActorSystem, Function<Throwable, Trailers>> mapper() {
        return system -> Statuses::trailers;
    }

    static Trailers trailers(Throwable failure) {
        return trailers(problem(failure));
    }

    static Trailers trailers(Problem problem) {
        var details =
                details(problem.status(), problem.getMessage(), problem.reason(), problem.detail(), problem.remedy());
        return new Trailers(
                Status.fromCode(problem.status()).withDescription(problem.getMessage()),
                new MetadataBuilder()
                        .addBinary(DETAILS, ByteString.fromArray(details.toByteArray()))
                        .build());
    }

    /** A refusal of a call that no service has taken; nothing if the request is no gRPC. */
    static Optional<CompletionStage<HttpResponse>> response(
            HttpRequest request, Problem problem, ClassicActorSystemProvider system) {
        return GrpcMarshalling.negotiated(
                request,
                (reader, writer) -> CompletableFuture.completedFuture(
                        GrpcExceptionHandler.standard(problem, mapper(), writer, system)));
    }

    static com.google.rpc.Status details(
            Status.Code status, String message, String reason, String detail, String remedy) {
        var info = ErrorInfo.newBuilder()
                .setReason(reason)
                .setDomain(DOMAIN)
                .putMetadata("detail", detail)
                .putMetadata("remedy", remedy)
                .build();
        return com.google.rpc.Status.newBuilder()
                .setCode(status.value())
                .setMessage(message)
                .addDetails(Any.pack(info))
                .build();
    }

    /** What the caller is told about a failure. */
    static Problem problem(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof CodecException || cause instanceof InvalidProtocolBufferException) {
            return Problem.of(
                    Code.MALFORMED,
                    String.valueOf(cause.getMessage()),
                    "encode the request as autonet/v1/*.proto says");
        }
        if (cause instanceof BlobException blob) {
            // An upload that this side broke off for a reason of its own.
            return blob.getCause() instanceof Problem own ? own : problem(blob);
        }
        if (cause instanceof TrainingException training) {
            return problem(training);
        }
        // Pekko gRPC's generated handlers report a method that the service does not have in this way, and in no other.
        if (cause instanceof UnsupportedOperationException unknown
                && String.valueOf(unknown.getMessage()).startsWith("Not implemented: ")) {
            return Problem.of(
                    Status.Code.UNIMPLEMENTED,
                    "UNKNOWN_METHOD",
                    String.valueOf(unknown.getMessage()),
                    "call a method that server reflection lists");
        }
        String incident = UUID.randomUUID().toString();
        LOG.error("incident {}", incident, cause);
        return Problem.of(
                Status.Code.INTERNAL,
                "INTERNAL",
                "incident " + incident,
                "tell the node's operator the incident; the node's log says more");
    }

    private static Problem problem(BlobException blob) {
        String detail = String.valueOf(blob.getMessage());
        return switch (blob.reason()) {
            case TOO_LARGE -> Problem.of(Code.TOO_LARGE, detail, "split the content into several blobs");
            case ABSENT ->
                Problem.of(Status.Code.NOT_FOUND, "NO_SUCH_BLOB", detail, "check the id, or put the content again");
            case DAMAGED ->
                Problem.of(Status.Code.DATA_LOSS, "BLOB_DAMAGED", detail, "ask another node, or put the content again");
            case BUSY -> Problem.of(Code.FULL, detail, "repeat the request in a second");
            case ONE_COPY ->
                Problem.unavailable(
                        detail, "put it again in some seconds, here or at another node: the others may be cut off");
            case FAILED -> Problem.unavailable(detail, "repeat the request; if it persists, see to the node's disk");
        };
    }

    private static Problem problem(TrainingException training) {
        String detail = String.valueOf(training.getMessage());
        return switch (training.reason()) {
            case TRAINER_BUSY -> Problem.of(Code.FULL, detail, training.remedy());
            case EXAMPLES_MISMATCH, EXAMPLES_MALFORMED -> Problem.of(Code.INVALID_ARGUMENT, detail, training.remedy());
            case RECIPE_INVALID, PARAMETERS_MISMATCH, DIVERGED ->
                Problem.of(Status.Code.FAILED_PRECONDITION, "MODEL_UNUSABLE", detail, training.remedy());
            case CANCELLED, ENVIRONMENT_UNPINNED, ENGINE_UNAVAILABLE -> Problem.unavailable(detail, training.remedy());
        };
    }
}

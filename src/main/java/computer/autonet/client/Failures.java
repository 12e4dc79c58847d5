package computer.autonet.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import computer.autonet.protocol.process.Code;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.grpc.GrpcServiceException;

/** Tells a refusal, which is final, from a failed transport, which is tried again (WORK-02). */
public final class Failures {
    private static final String DETAILS = "grpc-status-details-bin";
    private static final Metadata.Key<byte[]> DETAILS_KEY = Metadata.Key.of(DETAILS, Metadata.BINARY_BYTE_MARSHALLER);

    private Failures() {}

    /** Without the wrappers of futures. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether the same call may succeed later: the transport failed, or the node or the process is full now. */
    static boolean isPassing(Throwable failure) {
        Throwable cause = cause(failure);
        return refusal(cause).isEmpty()
                || (cause instanceof StatusRuntimeException status
                        && status.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED);
    }

    /** The refusal that a failure carries; nothing if the transport failed. */
    public static Optional<RefusedException> refusal(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof RefusedException refused) {
            return Optional.of(refused);
        }
        if (!(cause instanceof StatusRuntimeException status)) {
            return Optional.empty();
        }
        Optional<ErrorInfo> info = details(status).flatMap(Failures::errorInfo);
        boolean known = info.isPresent() && isCode(info.get().getReason());
        if (!known && isTransport(status.getStatus().getCode())) {
            return Optional.empty();
        }
        String description = Optional.ofNullable(status.getStatus().getDescription())
                .orElse("the node answered " + status.getStatus().getCode());
        return Optional.of(info.map(i -> new RefusedException(
                        i.getReason(),
                        i.getMetadataOrDefault("detail", description),
                        i.getMetadataOrDefault("remedy", "see docs/spec for this code")))
                .orElseGet(() ->
                        new RefusedException(status.getStatus().getCode().name(), description, "check the request")));
    }

    /** What a node that cannot answer now said of it: what is wrong, and what to do. Nothing if no node answered. */
    public static Optional<String> said(Throwable failure) {
        return cause(failure) instanceof StatusRuntimeException status
                ? details(status)
                        .flatMap(Failures::errorInfo)
                        .map(info -> info.getMetadataOrDefault("detail", "it cannot answer now") + "; "
                                + info.getMetadataOrDefault("remedy", "try again"))
                : Optional.empty();
    }

    private static boolean isCode(String reason) {
        return Arrays.stream(Code.values()).anyMatch(code -> code.name().equals(reason));
    }

    private static boolean isTransport(Status.Code code) {
        return switch (code) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, INTERNAL, UNKNOWN, CANCELLED, RESOURCE_EXHAUSTED -> true;
            default -> false;
        };
    }

    private static Optional<byte[]> details(StatusRuntimeException status) {
        if (status instanceof GrpcServiceException service) {
            return service.getMetadata().getBinary(DETAILS).map(bytes -> bytes.toArray());
        }
        return Optional.ofNullable(status.getTrailers()).map(trailers -> trailers.get(DETAILS_KEY));
    }

    private static Optional<ErrorInfo> errorInfo(byte[] details) {
        try {
            for (var any : com.google.rpc.Status.parseFrom(details).getDetailsList()) {
                if (any.is(ErrorInfo.class)) {
                    return Optional.of(any.unpack(ErrorInfo.class));
                }
            }
            return Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            // Details that nobody can read are as good as none; the status itself still counts.
            return Optional.empty();
        }
    }
}

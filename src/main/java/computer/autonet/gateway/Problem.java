package computer.autonet.gateway;

import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Refusal;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * A typed no on its way to the caller: a gRPC status with a stable reason, what was found, and what to do (GATE-03). It
 * carries the same trailers that a remote caller gets, so that callers within the node read it in the same way.
 */
public final class Problem extends StatusRuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of(Statuses.DETAILS, Metadata.BINARY_BYTE_MARSHALLER);

    private final Status.Code status;
    private final String reason;
    private final String detail;
    private final String remedy;

    private Problem(Status.Code status, String reason, String detail, String remedy) {
        super(
                Status.fromCode(status).withDescription(message(reason, detail, remedy)),
                trailers(status, reason, detail, remedy));
        this.status = status;
        this.reason = reason;
        this.detail = detail;
        this.remedy = remedy;
    }

    private static String message(String reason, String detail, String remedy) {
        return reason + ": " + detail + "; " + remedy;
    }

    private static Metadata trailers(Status.Code status, String reason, String detail, String remedy) {
        var trailers = new Metadata();
        trailers.put(
                DETAILS,
                Statuses.details(status, message(reason, detail, remedy), reason, detail, remedy)
                        .toByteArray());
        return trailers;
    }

    @Override
    public String getMessage() {
        return message(reason, detail, remedy);
    }

    /** A no is not a bug: where it was said does not matter. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** A refusal of the protocol: the status follows from the sort of its code. */
    public static Problem of(Refusal refusal) {
        return new Problem(status(refusal.code().sort()), refusal.code().name(), refusal.detail(), refusal.remedy());
    }

    public static Problem of(Code code, String detail, String remedy) {
        return of(new Refusal(code, detail, remedy));
    }

    /** The processes cannot be reached now; whether an act was recorded is open. */
    public static Problem unavailable(String detail, String remedy) {
        return new Problem(Status.Code.UNAVAILABLE, "UNAVAILABLE", detail, remedy);
    }

    static Problem of(Status.Code status, String reason, String detail, String remedy) {
        return new Problem(status, reason, detail, remedy);
    }

    static Status.Code status(Code.Sort sort) {
        return switch (sort) {
            case INVALID -> Status.Code.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
            case FORBIDDEN -> Status.Code.PERMISSION_DENIED;
            case MISSING -> Status.Code.NOT_FOUND;
            case EXISTS -> Status.Code.ALREADY_EXISTS;
            case PRECONDITION -> Status.Code.FAILED_PRECONDITION;
            case EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
        };
    }

    public Status.Code status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    public String detail() {
        return detail;
    }

    public String remedy() {
        return remedy;
    }
}

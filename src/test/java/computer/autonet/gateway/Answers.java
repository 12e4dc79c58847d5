package computer.autonet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.grpc.GrpcServiceException;
import org.jspecify.annotations.Nullable;

/** What a client gets: a value within the time, or a status with its details. */
final class Answers {
    private static final long PATIENCE_SECONDS = 40;

    private Answers() {}

    /** A refusal as it came over the wire. */
    record No(Status.Code status, String reason, String detail, String remedy, String description) {}

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** The refusal that the stage must end with. */
    static No refusal(CompletionStage<?> stage) {
        try {
            Object value = stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return fail("accepted: " + value);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            assertThat(cause).isInstanceOf(StatusRuntimeException.class);
            return no((StatusRuntimeException) cause);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static No no(StatusRuntimeException failure) {
        byte @Nullable [] details = failure instanceof GrpcServiceException pekko
                ? pekko.getMetadata()
                        .getBinary("grpc-status-details-bin")
                        .orElseThrow(() -> new AssertionError("no details", failure))
                        .toArray()
                : Objects.requireNonNull(failure.getTrailers())
                        .get(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
        if (details == null) {
            throw new AssertionError("no details: " + failure, failure);
        }
        try {
            var status = com.google.rpc.Status.parseFrom(details);
            ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
            assertThat(info.getDomain()).isEqualTo("autonet.computer");
            assertThat(status.getCode()).isEqualTo(failure.getStatus().getCode().value());
            return new No(
                    failure.getStatus().getCode(),
                    info.getReason(),
                    info.getMetadataOrThrow("detail"),
                    info.getMetadataOrThrow("remedy"),
                    String.valueOf(failure.getStatus().getDescription()));
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError("details are no google.rpc.Status", e);
        }
    }
}

package computer.autonet.client;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Refusal;
import io.grpc.Status;
import org.apache.pekko.grpc.GrpcServiceException;
import org.apache.pekko.grpc.javadsl.MetadataBuilder;
import org.apache.pekko.util.ByteString;

/** A refusal as a call over gRPC ends with it: a status with the code, the detail and the remedy beside. */
final class RefusedCall {
    private RefusedCall() {}

    static GrpcServiceException of(Refusal refusal) {
        var info = ErrorInfo.newBuilder()
                .setReason(refusal.code().name())
                .setDomain("autonet.computer")
                .putMetadata("detail", refusal.detail())
                .putMetadata("remedy", refusal.remedy())
                .build();
        Status status = (refusal.code().sort() == Code.Sort.EXHAUSTED
                        ? Status.RESOURCE_EXHAUSTED
                        : Status.FAILED_PRECONDITION)
                .withDescription(refusal.toString());
        byte[] details = com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .addDetails(Any.pack(info))
                .build()
                .toByteArray();
        var metadata = new MetadataBuilder()
                .addBinary("grpc-status-details-bin", ByteString.fromArray(details))
                .build();
        return new GrpcServiceException(status, metadata);
    }
}

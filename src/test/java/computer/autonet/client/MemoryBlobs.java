package computer.autonet.client;

import com.google.protobuf.ByteString;
import computer.autonet.base.Hash;
import computer.autonet.base.Tables;
import computer.autonet.codec.Ids;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.v1.GetBlobRequest;
import computer.autonet.v1.GetBlobResponse;
import computer.autonet.v1.PutBlobRequest;
import computer.autonet.v1.PutBlobResponse;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.grpc.GrpcServiceException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;

/** The blobs of a network in memory, which a test can lose or be too busy to send. */
final class MemoryBlobs {
    private final Map<Hash, byte[]> blobs = new ConcurrentHashMap<>();
    private final Materializer materializer;
    private volatile Predicate<Hash> full = blob -> false;

    MemoryBlobs(Materializer materializer) {
        this.materializer = materializer;
    }

    byte[] at(Hash id) {
        return Tables.at(blobs, id);
    }

    void keep(Hash id, byte[] content) {
        blobs.put(id, content);
    }

    void forget(Hash id) {
        blobs.remove(id);
    }

    /** From now on there is no room to send these. */
    void fullFor(Predicate<Hash> these) {
        full = these;
    }

    CompletionStage<PutBlobResponse> put(Source<PutBlobRequest, NotUsed> in) {
        return in.runFold(ByteString.EMPTY, (all, next) -> all.concat(next.getChunk()), materializer)
                .thenApply(all -> {
                    Hash id = Hash.digest(all.toByteArray());
                    blobs.put(id, all.toByteArray());
                    return PutBlobResponse.newBuilder()
                            .setId(Ids.bytes(id))
                            .setSize(all.size())
                            .build();
                });
    }

    Source<GetBlobResponse, NotUsed> get(GetBlobRequest in) {
        if (full.test(Ids.hash(in.getId()))) {
            return Source.failed(RefusedCall.of(new Refusal(Code.FULL, "too much is being sent", "repeat later")));
        }
        byte[] content = blobs.get(Ids.hash(in.getId()));
        if (content == null) {
            return Source.failed(new GrpcServiceException(Status.NOT_FOUND.withDescription("no such blob")));
        }
        return Source.single(GetBlobResponse.newBuilder()
                .setChunk(ByteString.copyFrom(content))
                .build());
    }
}

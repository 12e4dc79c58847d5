package computer.autonet.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.codec.Ids;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GetBlobRequest;
import computer.autonet.v1.PutBlobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;

/** Bytes named by their SHA-256: what comes back is what the name says, whoever stored it (WORK-04). */
final class Blobs {
    /** What the API allows in one message. */
    private static final int CHUNK = 64 * 1024;

    /** The largest parameter file and its seal; keeps a hostile node from filling the memory. */
    private static final long MAX_SIZE = (256L << 20) + 4_096;

    private final GatewayService gateway;
    private final Materializer materializer;

    Blobs(GatewayService gateway, Materializer materializer) {
        this.gateway = gateway;
        this.materializer = materializer;
    }

    CompletionStage<BlobId> put(byte[] content) {
        if (content.length > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "a blob has at most " + MAX_SIZE + " bytes, not " + content.length + ": split it");
        }
        BlobId id = BlobId.of(content);
        List<PutBlobRequest> chunks = new ArrayList<>();
        for (int from = 0; from < content.length || from == 0; from += CHUNK) {
            int length = Math.min(CHUNK, content.length - from);
            chunks.add(PutBlobRequest.newBuilder()
                    .setChunk(UnsafeByteOperations.unsafeWrap(content, from, length))
                    .build());
        }
        return Retries.BLOB.run(
                "storing blob " + id,
                () -> gateway.putBlob(Source.from(chunks)).thenApply(stored -> {
                    Hash named = Ids.hash(stored.getId());
                    if (!named.equals(id.hash())) {
                        throw new IllegalStateException("the node stored " + named + " instead of " + id);
                    }
                    return id;
                }));
    }

    CompletionStage<byte[]> get(BlobId id) {
        var request = GetBlobRequest.newBuilder().setId(Ids.bytes(id.hash())).build();
        return Retries.BLOB.run(
                "fetching blob " + id,
                () -> gateway.getBlob(request)
                        .runFold(
                                ByteString.EMPTY,
                                (all, next) -> {
                                    if ((long) all.size() + next.getChunk().size() > MAX_SIZE) {
                                        throw new IllegalStateException(
                                                "the node sends more than " + MAX_SIZE + " bytes");
                                    }
                                    return all.concat(next.getChunk());
                                },
                                materializer)
                        .thenApply(all -> {
                            byte[] content = all.toByteArray();
                            if (!BlobId.of(content).equals(id)) {
                                throw new IllegalStateException("the node sent other bytes than those named " + id);
                            }
                            return content;
                        }));
    }
}

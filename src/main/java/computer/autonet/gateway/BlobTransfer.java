package computer.autonet.gateway;

import com.google.protobuf.ByteString;
import computer.autonet.base.BlobId;
import computer.autonet.codec.Ids;
import computer.autonet.port.Blobs;
import computer.autonet.protocol.process.Code;
import computer.autonet.v1.GetBlobResponse;
import computer.autonet.v1.PutBlobRequest;
import computer.autonet.v1.PutBlobResponse;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blobs as streams of chunks, in and out (GATE-09). The store hashes and checks; a reader who stops frees its file. */
final class BlobTransfer {
    /** GATE-09: small enough that a slow stream holds little memory. */
    static final int MAX_CHUNK = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(BlobTransfer.class);

    private final Blobs blobs;
    private final Materializer materializer;

    BlobTransfer(Blobs blobs, Materializer materializer) {
        this.blobs = blobs;
        this.materializer = materializer;
    }

    CompletionStage<PutBlobResponse> put(Source<PutBlobRequest, NotUsed> chunks) {
        var size = new AtomicLong();
        Flow.Publisher<byte[]> publisher = chunks.map(request -> {
                    if (request.getChunk().size() > MAX_CHUNK) {
                        throw Problem.of(
                                Code.TOO_LARGE,
                                "a chunk has " + request.getChunk().size() + " bytes",
                                "send chunks of at most " + MAX_CHUNK);
                    }
                    size.addAndGet(request.getChunk().size());
                    return request.getChunk().toByteArray();
                })
                .filter(chunk -> chunk.length > 0)
                .runWith(JavaFlowSupport.Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), materializer);
        return blobs.put(publisher)
                .thenApply(id -> PutBlobResponse.newBuilder()
                        .setId(Ids.bytes(id.hash()))
                        .setSize(size.get())
                        .build());
    }

    Source<GetBlobResponse, NotUsed> get(BlobId id) {
        return Source.lazySource(() -> {
                    CompletionStage<Blobs.Content> opened = blobs.get(id);
                    return Source.completionStageSource(opened.thenApply(content -> StreamConverters.fromInputStream(
                                            content::stream, MAX_CHUNK)
                                    .map(chunk -> GetBlobResponse.newBuilder()
                                            .setChunk(ByteString.copyFrom(chunk.asByteBuffer()))
                                            .build())))
                            // A reader who left before the blob was open has left nobody else to close it.
                            .watchTermination((any, done) ->
                                    done.whenComplete((end, failure) -> opened.thenAccept(BlobTransfer::close)));
                })
                .mapMaterializedValue(any -> NotUsed.getInstance());
    }

    private static void close(Blobs.Content content) {
        try {
            content.stream().close();
        } catch (IOException e) {
            LOG.debug("a blob's file did not close", e);
        }
    }
}

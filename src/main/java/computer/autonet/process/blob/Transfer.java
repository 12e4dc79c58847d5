package computer.autonet.process.blob;

import computer.autonet.base.BlobId;
import computer.autonet.port.Blobs;
import computer.autonet.process.blob.KeeperRequest.Open;
import computer.autonet.process.blob.KeeperRequest.Opened;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.SourceRef;
import org.apache.pekko.stream.StreamRefResolver;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;

/** Brings blobs of other nodes to this node's disk. The disk's own hash says whether they are what was asked for. */
final class Transfer {
    /** Far below the largest frame between nodes. */
    static final int CHUNK = 64 * 1024;

    /** Wait for a peer to open a blob. */
    private static final Duration OPENING = Duration.ofSeconds(5);

    /** A peer that sends nothing for so long has gone. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final ActorSystem<?> system;
    private final Blobs local;

    Transfer(ActorSystem<?> system, Blobs local) {
        this.system = system;
        this.local = local;
    }

    /** Whether the blob came from that peer and is on this disk now. Fails if the peer or the disk did. */
    CompletionStage<Boolean> pull(ActorRef<KeeperRequest> peer, BlobId id) {
        return AskPattern.<KeeperRequest, Opened>ask(
                        peer, replyTo -> new Open(id.toString(), replyTo), OPENING, system.scheduler())
                .thenCompose(opened -> {
                    if (opened.source().isEmpty()) {
                        return CompletableFuture.completedFuture(false);
                    }
                    SourceRef<byte[]> chunks = StreamRefResolver.get(system).resolveSourceRef(opened.source());
                    Flow.Publisher<byte[]> publisher = chunks.getSource()
                            .idleTimeout(SILENCE)
                            .runWith(JavaFlowSupport.Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), system);
                    return local.put(publisher).thenApply(id::equals);
                });
    }
}

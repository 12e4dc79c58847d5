package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import computer.autonet.base.BlobId;
import computer.autonet.port.Blobs;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;

/** Blobs on their way out, from a store that takes its time. */
class BlobTransferTest {
    /** A store whose one blob is opened when the test says so. */
    private record Late(CompletableFuture<Done> asked, CompletableFuture<Blobs.Content> opened) implements Blobs {
        @Override
        public CompletionStage<Content> get(BlobId id) {
            asked.complete(Done.getInstance());
            return opened;
        }

        @Override
        public CompletionStage<BlobId> put(InputStream content) {
            throw new AssertionError("nothing is put");
        }

        @Override
        public CompletionStage<BlobId> put(Flow.Publisher<byte[]> chunks) {
            throw new AssertionError("nothing is put");
        }

        @Override
        public CompletionStage<byte[]> bytes(BlobId id, int limit) {
            throw new AssertionError("it is streamed");
        }

        @Override
        public CompletionStage<Boolean> has(BlobId id) {
            throw new AssertionError("it is asked for");
        }

        @Override
        public CompletionStage<List<BlobId>> list(Optional<BlobId> after, int limit) {
            throw new AssertionError("nothing is listed");
        }
    }

    @Test
    void gate09TheFileOfAReaderWhoLeftBeforeItWasOpenIsClosed() {
        ActorSystem system = ActorSystem.create(
                "edge",
                ConfigFactory.parseString("pekko.fail-mixed-versions = off")
                        .withFallback(ConfigFactory.defaultReference()));
        var asked = new CompletableFuture<Done>();
        var opened = new CompletableFuture<Blobs.Content>();
        var closed = new CompletableFuture<Done>();
        var transfer = new BlobTransfer(
                new Late(asked, opened), SystemMaterializer.get(system).materializer());
        var running = transfer.get(BlobId.of(new byte[0]))
                .viaMat(KillSwitches.single(), Keep.right())
                .toMat(Sink.ignore(), Keep.both())
                .run(system);
        await(asked);
        running.first().shutdown();
        await(running.second());
        opened.complete(new Blobs.Content(1, new ByteArrayInputStream(new byte[1]) {
            @Override
            public void close() {
                closed.complete(Done.getInstance());
            }
        }));
        assertThat(await(closed)).isEqualTo(Done.getInstance());
        system.terminate();
    }
}

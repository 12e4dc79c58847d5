package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who stall. */
class OpenStreamsTest {
    private final ActorSystem system = ActorSystem.create(
            "edge",
            ConfigFactory.parseString("pekko.fail-mixed-versions = off")
                    .withFallback(ConfigFactory.defaultReference()));
    private final OpenStreams streams = new OpenStreams(Duration.ofSeconds(1));

    @AfterEach
    void stop() {
        system.terminate();
    }

    /** Takes one element and then nothing. */
    private static final class Stalling implements Flow.Subscriber<Integer> {
        final CompletableFuture<Integer> ended = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(Integer element) {
            assertThat(element).isEqualTo(7);
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            ended.complete(0);
        }
    }

    @Test
    void gate06AStreamOfWhichNothingIsTakenEnds() {
        var stalling = new Stalling();
        streams.bounded(Source.repeat(7))
                .runWith(JavaFlowSupport.Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), system)
                .subscribe(stalling);
        var no = refusal(stalling.ended);
        assertThat(no.status()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(no.reason()).isEqualTo("TOO_SLOW");
        assertThat(no.detail()).isEqualTo("the caller took nothing for 1 s");
    }

    @Test
    void gate06AStreamThatSendsNothingEnds() {
        Source<Integer, NotUsed> silent =
                Source.single(7).concat(Source.<Integer>maybe().mapMaterializedValue(any -> NotUsed.getInstance()));
        var no = refusal(streams.arriving(silent).runWith(Sink.ignore(), system));
        assertThat(no.reason()).isEqualTo("TOO_SLOW");
        assertThat(no.detail()).isEqualTo("the caller sent nothing for 1 s");
    }
}

package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;
import static computer.autonet.gateway.Answers.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who send a part of a message and then wait. */
class FrameGuardTest {
    private static final int MOST = 1_000;
    private static final Duration LONG = Duration.ofHours(1);

    private final ActorSystem system = ActorSystem.create(
            "edge",
            ConfigFactory.parseString("pekko.fail-mixed-versions = off")
                    .withFallback(ConfigFactory.defaultReference()));

    @AfterEach
    void stop() {
        system.terminate();
    }

    /** A request that is sent piece by piece, and how many bytes of it have passed so far. */
    private final class Sending {
        private final SourceQueueWithComplete<ByteString> pieces;
        private final CompletionStage<Done> ended;
        private final CompletableFuture<Void> firstPassed = new CompletableFuture<>();

        Sending(GatheringRoom room) {
            Pair<SourceQueueWithComplete<ByteString>, CompletionStage<Done>> running = Source.<ByteString>queue(
                            8, OverflowStrategy.backpressure())
                    .via(new FrameGuard(MOST, room))
                    .toMat(Sink.foreach(passed -> firstPassed.complete(null)), Keep.both())
                    .run(system);
            pieces = running.first();
            ended = running.second();
        }

        Sending send(int... bytes) {
            byte[] piece = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                piece[i] = (byte) bytes[i];
            }
            return send(piece);
        }

        Sending send(byte[] piece) {
            var unused = pieces.offer(ByteString.fromArray(piece));
            return this;
        }

        Sending passed() {
            await(firstPassed);
            return this;
        }

        CompletionStage<Done> complete() {
            pieces.complete();
            return ended;
        }
    }

    @Test
    void gate17PartsOfMessagesFillOneRoomAndWhatIsWholeLeavesIt() {
        var room = new GatheringRoom(20, LONG);
        Sending half = new Sending(room).send(0, 0, 0, 0, 10, 1, 2, 3).passed();
        Sending other = new Sending(room).send(0, 0, 0, 0, 10, 1, 2, 3).passed();

        var no = refusal(new Sending(room).send(0, 0, 0, 0, 10).ended);
        assertThat(no.status()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(no.reason()).isEqualTo("FULL");

        // Whole in one piece: it needs no room, and the next one that comes in parts fits when another is whole.
        await(new Sending(room).send(0, 0, 0, 0, 2, 7, 7).complete());
        await(half.send(4, 5, 6, 7, 8, 9, 10).complete());
        Sending third = new Sending(room).send(0, 0, 0, 0, 10).passed();
        await(third.send(new byte[10]).complete());
        await(other.complete());
        assertThat(room.resize(0, 20)).as("all have left the room").isTrue();
    }

    @Test
    void gate17WhatIsRefusedLeavesTheRoom() {
        var room = new GatheringRoom(12, LONG);
        var no = refusal(new Sending(room).send(0, 0, 0, 0, 10, 1, 2).send(3, 4, 5, 6, 7, 8).ended);
        assertThat(no.reason()).isEqualTo("FULL");
        assertThat(room.resize(0, 12)).isTrue();
    }

    @Test
    void gate17AMessageThatIsNotWholeInTimeEndsItsRequest() {
        var room = new GatheringRoom(100, Duration.ofMillis(200));
        // The first message came whole; the time is the second one's.
        var no = refusal(new Sending(room).send(0, 0, 0, 0, 1, 7, 0, 0, 0, 0, 10, 1).ended);
        assertThat(no.status()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(no.reason()).isEqualTo("TOO_SLOW");
        assertThat(room.resize(0, 100)).isTrue();
    }

    /** Each piece comes soon after the one before, and there is no end of them. */
    @Test
    void gate17AMessageThatDripsIsNotWholeInTimeEither() {
        var room = new GatheringRoom(MOST, Duration.ofMillis(300));
        Sending dripping = new Sending(room).send(0, 0, 0, 3, 0xe8);
        var drips = Executors.newSingleThreadScheduledExecutor();
        try {
            var unused = drips.scheduleAtFixedRate(() -> dripping.send(1), 0, 50, TimeUnit.MILLISECONDS);
            assertThat(refusal(dripping.ended).reason()).isEqualTo("TOO_SLOW");
        } finally {
            drips.shutdownNow();
        }
    }

    @Test
    void gate17ARequestThatSendsNothingBetweenMessagesIsNotHurried() {
        var room = new GatheringRoom(100, Duration.ofMillis(1));
        Sending quiet = new Sending(room).send(0, 0, 0, 0, 1, 7).passed();
        await(CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)));
        await(quiet.send(0, 0, 0, 0, 0).complete());
    }
}

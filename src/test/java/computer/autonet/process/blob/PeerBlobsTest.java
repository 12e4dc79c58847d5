package computer.autonet.process.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.blob.DiskBlobs;
import computer.autonet.base.BlobId;
import computer.autonet.port.BlobException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes with a disk each. */
class PeerBlobsTest {
    @TempDir
    Path directory;

    private static <T> T await(CompletionStage<T> stage)
            throws ExecutionException, InterruptedException, TimeoutException {
        return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
    }

    /** The test says when a node has gone, and a node goes without a word. */
    private static final String BY_HAND = """
            pekko.cluster.split-brain-resolver.stable-after = 10 minutes
            pekko.coordinated-shutdown.run-by-actor-system-terminate = off
            """;

    /** One node; the first of the test forms the cluster, the next joins it. */
    private static final class Node implements AutoCloseable {
        final ActorSystem<Void> system;
        final DiskBlobs disk;
        final PeerBlobs blobs;

        Node(Path directory, ActorSystem<?>... first) throws IOException {
            this(directory, Duration.ofSeconds(20), first);
        }

        Node(Path directory, Duration search, ActorSystem<?>... first) throws IOException {
            system = ActorSystem.create(Behaviors.empty(), "autonet", config());
            Cluster cluster = Cluster.get(system);
            TestProbe<SelfUp> up = TestProbe.create(system);
            cluster.subscriptions().tell(Subscribe.create(up.ref(), SelfUp.class));
            var seed = first.length == 0 ? cluster : Cluster.get(first[0]);
            cluster.manager().tell(Join.create(seed.selfMember().address()));
            up.receiveMessage(Duration.ofSeconds(40));
            // A put asks the view of the members, which follows their events.
            List<Cluster> all = Stream.concat(Stream.of(first), Stream.of(system))
                    .map(Cluster::get)
                    .toList();
            up.awaitAssert(Duration.ofSeconds(40), () -> {
                assertThat(all)
                        .allSatisfy(node -> assertThat(node.state().getMembers())
                                .hasSize(all.size())
                                .allSatisfy(
                                        member -> assertThat(member.status()).isEqualTo(MemberStatus.up())));
                return true;
            });
            disk = DiskBlobs.open(directory, 1 << 22, 2);
            blobs = new PeerBlobs(system, disk, search);
        }

        static Config config() {
            return ConfigFactory.parseString(BY_HAND)
                    .withFallback(ConfigFactory.parseResourcesAnySyntax("cluster"))
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve();
        }

        /** As {@code kill -9} does: the others are not told. */
        void kill() {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }

        void awaitUnreachable() {
            TestProbe.<Object>create(system).awaitAssert(Duration.ofSeconds(20), Duration.ofMillis(50), () -> {
                assertThat(Cluster.get(system).state().getUnreachable()).hasSize(1);
                return true;
            });
        }

        @Override
        public void close() {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
            disk.close();
        }
    }

    private static byte[] content(int seed, int size) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    @Test
    void gate16APutIsOnTwoDisksAndAGetFetchesWhatIsOnAnother() throws Exception {
        try (var one = new Node(directory.resolve("one"))) {
            // Alone, one disk is enough; what is put now is not elsewhere.
            byte[] early = content(1, 700_001);
            BlobId only = await(one.blobs.put(new ByteArrayInputStream(early)));
            try (var two = new Node(directory.resolve("two"), one.system)) {
                assertThat(await(two.disk.has(only))).isFalse();
                byte[] late = content(2, 300_000);
                BlobId both = await(two.blobs.put(new ByteArrayInputStream(late)));
                assertThat(await(one.disk.bytes(both, late.length))).isEqualTo(late);
                assertThat(await(two.disk.bytes(both, late.length))).isEqualTo(late);

                assertThat(await(two.blobs.bytes(only, early.length))).isEqualTo(early);
                assertThat(await(two.disk.has(only))).isTrue();

                assertThatThrownBy(() -> await(two.blobs.get(BlobId.of(new byte[] {3}))))
                        .hasCauseInstanceOf(BlobException.class)
                        .hasMessageContaining("ABSENT");
            }
        }
    }

    /** As a node that was killed a moment ago, of which the others do not know it yet. */
    @Test
    void gate16APeerThatDoesNotAnswerHoldsUpNeitherAPutNorAGet() throws Exception {
        try (var one = new Node(directory.resolve("one"));
                var two = new Node(directory.resolve("two"), one.system)) {
            BlobId first = await(two.blobs.put(new ByteArrayInputStream(content(1, 1_000))));
            for (int number = 0; number < 4; number++) {
                one.system
                        .receptionist()
                        .tell(Receptionist.register(
                                BlobKeeper.KEY,
                                one.system.systemActorOf(
                                        Behaviors.<KeeperRequest>ignore(), "silent-" + number, Props.empty())));
            }
            TestProbe<Receptionist.Listing> listing = TestProbe.create(one.system);
            one.system.receptionist().tell(Receptionist.subscribe(BlobKeeper.KEY, listing.ref()));
            int known = 0;
            while (known < 6) {
                known = listing.receiveMessage(Duration.ofSeconds(20))
                        .getServiceInstances(BlobKeeper.KEY)
                        .size();
            }
            for (int seed = 10; seed < 13; seed++) {
                byte[] content = content(seed, 50_000);
                long begun = System.nanoTime();
                BlobId id = await(one.blobs.put(new ByteArrayInputStream(content)));
                assertThat(await(two.disk.has(id))).isTrue();
                assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(30));
            }
            BlobId alone = await(two.disk.put(new ByteArrayInputStream(content(20, 2_000))));
            assertThat(await(one.blobs.bytes(alone, 2_000))).isEqualTo(content(20, 2_000));
            assertThat(await(one.disk.has(first))).isTrue();
        }
    }

    /** A node that is cut off cannot tell: the other one may be acknowledging, too, and neither disk has both. */
    @Test
    void gate16APutIsNotAcknowledgedOnOneDiskWhileAMemberDoesNotAnswer() throws Exception {
        try (var one = new Node(directory.resolve("one"), Duration.ofSeconds(2));
                var two = new Node(directory.resolve("two"), one.system)) {
            two.kill();
            one.awaitUnreachable();
            byte[] content = content(1, 1_000);
            assertThatThrownBy(() -> await(one.blobs.put(new ByteArrayInputStream(content))))
                    .cause()
                    .isInstanceOfSatisfying(
                            BlobException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(BlobException.Reason.ONE_COPY));
            assertThat(await(one.disk.has(BlobId.of(content))))
                    .as("what is put again")
                    .isTrue();
        }
    }

    /** It sees no other member, and knows nothing of a cluster that may be there without it. */
    @Test
    void gate16ANodeThatIsNoMemberAcknowledgesNothing() throws Exception {
        var system = ActorSystem.create(Behaviors.<Void>empty(), "autonet", Node.config());
        try (var disk = DiskBlobs.open(directory.resolve("one"), 1 << 22, 2)) {
            var blobs = new PeerBlobs(system, disk, Duration.ofSeconds(1));
            assertThatThrownBy(() -> await(blobs.put(new ByteArrayInputStream(content(1, 1_000)))))
                    .cause()
                    .isInstanceOfSatisfying(
                            BlobException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(BlobException.Reason.ONE_COPY));
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    /** What it still looks for a second disk for, when the others have gone on without it, is on one. */
    @Test
    void gate16ANodeThatIsGivenUpAcknowledgesNothing() throws Exception {
        try (var one = new Node(directory.resolve("one"), Duration.ofSeconds(8));
                var two = new Node(directory.resolve("two"), one.system)) {
            two.kill();
            one.awaitUnreachable();
            var put = one.blobs.put(new ByteArrayInputStream(content(1, 1_000))).toCompletableFuture();
            Cluster cluster = Cluster.get(one.system);
            cluster.manager().tell(new Down(cluster.selfMember().address()));
            assertThatThrownBy(() -> await(put)).isInstanceOf(ExecutionException.class);
        }
    }

    /** Asked before anybody knew that it was dead. */
    @Test
    void gate16OneDiskIsEnoughAsSoonAsTheClusterHasGivenUpTheOther() throws Exception {
        try (var one = new Node(directory.resolve("one"));
                var two = new Node(directory.resolve("two"), one.system)) {
            two.kill();
            var put = one.blobs.put(new ByteArrayInputStream(content(1, 1_000))).toCompletableFuture();
            one.awaitUnreachable();
            assertThat(put).isNotDone();
            Cluster.get(one.system)
                    .manager()
                    .tell(new Down(Cluster.get(one.system)
                            .state()
                            .getUnreachable()
                            .iterator()
                            .next()
                            .address()));
            assertThat(await(one.disk.has(await(put)))).isTrue();
        }
    }
}

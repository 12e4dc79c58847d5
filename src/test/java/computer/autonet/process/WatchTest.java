package computer.autonet.process;

import static computer.autonet.process.People.ALICE;
import static computer.autonet.process.People.BOB;
import static computer.autonet.process.People.account;
import static computer.autonet.process.People.transfer;
import static computer.autonet.process.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.entity.account.AccountActor;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.role.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node under watch: every entry once and in order, also for the slow; nothing stays in memory for nothing. */
class WatchTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path directory;

    private static void transfers(TestNode node, long from, long to) {
        for (long nonce = from; nonce <= to; nonce++) {
            assertThat(await(node.processes.submit(transfer(ALICE, BOB, "1", nonce, CLOCK.millis()))))
                    .isInstanceOf(Reply.Accepted.class);
        }
    }

    private static SealedEntry next(SinkQueueWithCancel<Bytes> watch) {
        Optional<Bytes> stored = await((CompletionStage<Optional<Bytes>>) watch.pull());
        return EntryCodec.read(account(ALICE), stored.orElseThrow());
    }

    @Test
    void host12ASlowWatcherGetsEveryEntryOnceAndInOrder() {
        try (var node = new TestNode(directory, CLOCK, "autonet.process { watch-buffer = 2, watch-renewal = 300ms }")) {
            transfers(node, 1, 3);
            var watch = node.processes.watch(account(ALICE), 1).runWith(Sink.queue(1), node.system);
            assertThat(next(watch).draft().slot()).isEqualTo(1);
            // Far more than all buffers hold, while the watcher looks away.
            transfers(node, 4, 40);
            Hash previous = null;
            for (long slot = 2; slot < 40; slot++) {
                SealedEntry entry = next(watch);
                assertThat(entry.draft().slot()).isEqualTo(slot);
                if (previous != null) {
                    assertThat(entry.previous()).isEqualTo(previous);
                }
                previous = entry.hash();
            }
            // Live again: nothing was there to read when it was asked for.
            var after = watch.pull();
            transfers(node, 41, 41);
            assertThat(EntryCodec.read(account(ALICE), await(after).orElseThrow())
                            .draft()
                            .slot())
                    .isEqualTo(40);
            watch.cancel();
            assertThat(await(node.processes.entries(account(ALICE), 39).runWith(Sink.seq(), node.system)))
                    .hasSize(2);
        }
    }

    @Test
    void host09IdleProcessesLeaveMemoryAndComeBackWhenAsked() {
        try (var node =
                new TestNode(directory, CLOCK, "autonet.process { idle-timeout = 500ms, marks-delay = 50ms }")) {
            transfers(node, 1, 2);
            var sharding = ClusterSharding.get(node.system);
            TestProbe<CurrentShardRegionState> probe = TestProbe.create(node.system);
            probe.awaitAssert(Duration.ofSeconds(20), () -> {
                sharding.shardState().tell(new GetShardRegionState(AccountActor.KEY, probe.getRef()));
                var shards = probe.receiveMessage(Duration.ofSeconds(3)).getShards();
                assertThat(shards).isNotEmpty();
                assertThat(shards.stream()
                                .mapToInt(shard -> shard.getEntityIds().size())
                                .sum())
                        .as("accounts in memory")
                        .isZero();
                return true;
            });
            assertThat(balance(node, account(BOB))).isEqualTo(Amount.parseTokens("2"));
        }
    }

    @Test
    void host07ARequestThatNobodyAcceptsComesBackThroughTheNode() {
        try (var node = new TestNode(directory, CLOCK, "")) {
            var nowhere = new ProcessId(Kind.PROJECT, Hash.digest("never founded"));
            var stake = new AccountCommand.Stake(nowhere, Role.SOLVER, Amount.parseTokens("60"));
            var reply = await(node.processes.submit(People.sign(ALICE, account(ALICE), stake, 1, CLOCK.millis())));
            assertThat(reply).isInstanceOf(Reply.Accepted.class);
            List<Bytes> both =
                    await(node.processes.watch(account(ALICE), 0).take(2).runWith(Sink.seq(), node.system));
            assertThat(both).hasSize(2);
            assertThat(balance(node, account(ALICE))).isEqualTo(Amount.parseTokens("1000"));
            var refused = await(node.processes.entries(nowhere, 0).runWith(Sink.head(), node.system));
            assertThat(EntryCodec.read(nowhere, refused)
                            .draft()
                            .bounced()
                            .orElseThrow()
                            .code())
                    .isEqualTo(Code.NOT_THE_CREATOR);
        }
    }

    @Test
    void host13MoreRequestsThanMayBeUnderWayAreRefused() {
        try (var node = new TestNode(directory, CLOCK, "autonet.process.max-in-flight = 1")) {
            var first = node.processes.submit(transfer(ALICE, BOB, "1", 1, CLOCK.millis()));
            var second = (Reply.Refused) await(node.processes.submit(transfer(ALICE, BOB, "1", 2, CLOCK.millis())));
            assertThat(second.refusal().code()).isEqualTo(Code.FULL);
            assertThat(await(first)).isInstanceOf(Reply.Accepted.class);
            assertThat(await(node.processes.query(account(ALICE), Optional.of(ALICE.identity())))
                            .nextNonce())
                    .isEqualTo(2);
        }
    }

    private static Amount balance(TestNode node, ProcessId id) {
        return HostFixture.account(await(node.processes.query(id, Optional.empty())))
                .balance();
    }
}

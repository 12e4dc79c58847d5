package computer.autonet.process;

import static computer.autonet.process.People.ALICE;
import static computer.autonet.process.People.BOB;
import static computer.autonet.process.People.account;
import static computer.autonet.process.People.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Bytes;
import computer.autonet.base.Kind;
import computer.autonet.codec.CorruptEntryException;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.KindCodec;
import computer.autonet.entity.account.AccountActor;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.Test;

/** What a host may write, what it reads back, and when it leaves memory. */
class WriterTest {
    @Test
    void host11WithoutItsLeaseAProcessWritesNothingAndStops() {
        try (var host = new HostFixture()) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            host.submit(alice, transfer(ALICE, BOB, "1", 1, host.hand.millis));
            host.hand.held = false;
            alice.tell(new Request.Submit(transfer(ALICE, BOB, "1", 2, host.hand.millis), host.answers.getRef()));
            host.answers.expectTerminated(alice, Duration.ofSeconds(10));
            host.answers.expectNoMessage(Duration.ofMillis(50));
            assertThat(host.entries(account(ALICE))).hasSize(1);
        }
    }

    @Test
    void host11ALeaseTakenAnewIsAnotherWriter() {
        try (var host = new HostFixture()) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            host.submit(alice, transfer(ALICE, BOB, "1", 1, host.hand.millis));
            host.hand.epoch = 2;
            alice.tell(new Request.Submit(transfer(ALICE, BOB, "1", 2, host.hand.millis), host.answers.getRef()));
            host.answers.expectTerminated(alice, Duration.ofSeconds(10));
            ActorRef<Request> again = host.start(account(ALICE), AccountActor.KIND);
            host.submit(again, transfer(ALICE, BOB, "1", 2, host.hand.millis));
            assertThat(host.entries(account(ALICE)).get(1).draft().epoch()).isEqualTo(2);
        }
    }

    @Test
    void host11AnOutdatedHostDoesNotStart() {
        try (var host = new HostFixture()) {
            host.hand.epoch = 7;
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            host.submit(alice, transfer(ALICE, BOB, "1", 1, host.hand.millis));
            host.kill(alice);
            host.hand.epoch = 6;
            ActorRef<Request> outdated = host.start(account(ALICE), AccountActor.KIND);
            host.answers.expectTerminated(outdated, Duration.ofSeconds(10));
        }
    }

    @Test
    void host10RecoveryFromASnapshotEqualsRecoveryFromTheLog() {
        try (var host =
                new HostFixture("autonet.process.snapshot-every = 5\n" + HostFixture.NO_RESENDING, Runnable::run)) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            for (long nonce = 1; nonce <= 12; nonce++) {
                host.submit(alice, transfer(ALICE, BOB, "1", nonce, host.hand.millis));
                host.hand.millis += 10;
            }
            ProcessView before = host.state(alice);
            String id = ProcessActor.persistenceId(account(ALICE)).id();
            TestProbe<Object> waiting = host.kit.createTestProbe();
            waiting.awaitAssert(Duration.ofSeconds(10), () -> {
                assertThat(host.snapshots.persistedInStorage(id)).isNotEmpty();
                return true;
            });
            host.kill(alice);
            assertThat(deliveries(host, 12)).isNotEmpty();

            ActorRef<Request> fromSnapshot = host.start(account(ALICE), AccountActor.KIND);
            assertThat(host.state(fromSnapshot)).isEqualTo(before);
            var owedBySnapshot = deliveries(host, 12);
            host.kill(fromSnapshot);

            host.snapshots.clearByPersistenceId(id);
            ActorRef<Request> fromLog = host.start(account(ALICE), AccountActor.KIND);
            assertThat(host.state(fromLog)).isEqualTo(before);
            assertThat(deliveries(host, 12)).isEqualTo(owedBySnapshot);
            assertThat(host.entries(account(ALICE))).hasSize(12);
        }
    }

    private static <S, C extends Command, E extends Event> void recover(KindCodec<S, C, E> codec, Versions versions) {
        var judge = new Judge<>(account(ALICE), codec.kernel(People.GENESIS, new ConstitutionGuard()));
        var first =
                new Draft(0, 1, 1, Optional.of(versions), new Input.Tick(1), List.of(), Optional.empty(), 0, List.of());
        Bytes stored =
                EntryCodec.seal(account(ALICE), first, account(ALICE).hash()).stored();
        judge.after(judge.initial(), new JournalRecord.Entry(stored, null));
    }

    @Test
    void proc15ALogOfAVersionThatThisProgramDoesNotHaveIsNotRecovered() {
        KindCodec<?, ?, ?> accounts = KindCodec.of(Kind.ACCOUNT);
        recover(accounts, Versions.FIRST);
        assertThatThrownBy(() -> recover(accounts, new Versions(2, 1)))
                .isInstanceOf(CorruptEntryException.class)
                .hasMessageContaining(account(ALICE).toString())
                .hasMessageContaining("version 2 of the rules");
    }

    private static List<Bytes> deliveries(HostFixture host, int count) {
        var messages = new ArrayList<Bytes>();
        while (messages.size() < count) {
            messages.add(((Request.Deliver) host.nextDelivery().request()).message());
        }
        return messages;
    }

    @Test
    void host02AFailedWriteAnswersNobodyAndLosesNothing() {
        try (var host = new HostFixture()) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            Bytes message = transfer(ALICE, BOB, "1", 1, host.hand.millis);
            host.state(alice);
            host.journal.failNextPersisted(
                    ProcessActor.persistenceId(account(ALICE)).id());
            alice.tell(new Request.Submit(message, host.answers.getRef()));
            host.answers.expectNoMessage(Duration.ofMillis(100));
            assertThat(host.submit(alice, message)).isInstanceOf(Answer.Receipted.class);
            assertThat(host.entries(account(ALICE))).hasSize(1);
        }
    }

    @Test
    void host09WhoOwesNothingAsksToLeaveAndWhoOwesStays() {
        try (var host = new HostFixture("autonet.process.idle-timeout = 100ms", Runnable::run)) {
            ActorRef<Request> bob = host.start(account(BOB), AccountActor.KIND);
            host.shard.expectMessage(Duration.ofSeconds(10), new ClusterSharding.Passivate<>(bob));
        }
        // Another host, since the first process asks again until it is stopped.
        try (var host =
                new HostFixture("autonet.process.idle-timeout = 1s\n" + HostFixture.NO_RESENDING, Runnable::run)) {
            Bytes message = transfer(ALICE, BOB, "1", 1, host.hand.millis);
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            host.submit(alice, message);
            host.shard.expectNoMessage(Duration.ofMillis(1500));
            alice.tell(new Request.Acknowledged(account(BOB).toString(), 1));
            host.shard.expectMessage(Duration.ofSeconds(10), new ClusterSharding.Passivate<>(alice));
            assertThat(host.records(account(ALICE)))
                    .contains(new JournalRecord.Delivered(new TreeMap<>(Map.of(account(BOB), 1L))));
        }
    }

    @Test
    void host09WorkThatComesWhileLeavingCallsTheProcessBack() {
        try (var host =
                new HostFixture("autonet.process.idle-timeout = 100ms\n" + HostFixture.NO_RESENDING, Runnable::run)) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            host.shard.expectMessage(Duration.ofSeconds(10), new ClusterSharding.Passivate<>(alice));
            host.submit(alice, transfer(ALICE, BOB, "1", 1, host.hand.millis));
            host.nextDelivery();
            alice.tell(new Local.Stop());
            host.answers.expectTerminated(alice, Duration.ofSeconds(10));
            host.sent.expectMessage(new HostFixture.Sent(account(ALICE), new Request.Wake()));
        }
    }

    @Test
    void host09AMovingShardTakesItsProcessesWithItWithoutAWord() {
        try (var host = new HostFixture(HostFixture.NO_RESENDING, Runnable::run)) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            host.submit(alice, transfer(ALICE, BOB, "1", 1, host.hand.millis));
            host.nextDelivery();
            alice.tell(new Local.Stop());
            host.answers.expectTerminated(alice, Duration.ofSeconds(10));
            host.sent.expectNoMessage(Duration.ofMillis(50));
        }
    }
}

package computer.autonet.process;

import static computer.autonet.process.People.ALICE;
import static computer.autonet.process.People.BOB;
import static computer.autonet.process.People.account;
import static computer.autonet.process.People.identity;
import static computer.autonet.process.People.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.PayloadCodec;
import computer.autonet.entity.account.AccountActor;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** Messages between processes: at least once on the way, exactly once in the log, in order, whatever fails. */
class DeliveryTest {
    private static final String BOBS = account(BOB).toString();

    private static long sequence(HostFixture.Sent sent) {
        assertThat(sent.receiver()).isEqualTo(account(BOB));
        return PayloadCodec.decode(((Request.Deliver) sent.request()).message()).sequence();
    }

    private static Request.Deliver credit(long sequence, String amount, ActorRef<Request> replyTo) {
        return deliver(
                sequence,
                new Payload.Ask(new AccountCommand.Credit(identity(BOB).address(), Amount.parseTokens(amount))),
                replyTo);
    }

    private static Request.Deliver deliver(long sequence, Payload payload, ActorRef<Request> replyTo) {
        return new Request.Deliver(
                PayloadCodec.encode(new Input.FromProcess(
                        account(ALICE), sequence - 1, 0, Hash.digest("entry " + sequence), sequence, payload)),
                replyTo);
    }

    private static Amount balance(HostFixture host, ProcessId id, ActorRef<Request> process) {
        return HostFixture.account(host.state(process)).balance();
    }

    @Test
    void host07WhatACrashLeftUndeliveredIsDeliveredAfterwards() {
        try (var host = new HostFixture()) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            host.submit(alice, transfer(ALICE, BOB, "1", 1, host.hand.millis));
            var before = (Request.Deliver) host.nextDelivery().request();
            host.kill(alice);
            host.start(account(ALICE), AccountActor.KIND);
            var after = (Request.Deliver) host.nextDelivery().request();
            assertThat(after.message()).isEqualTo(before.message());
        }
    }

    @Test
    void host05ReorderedAndRepeatedMessagesAreLoggedOnceAndInOrder() {
        try (var host = new HostFixture()) {
            ActorRef<Request> bob = host.start(account(BOB), AccountActor.KIND);
            TestProbe<Request> source = host.kit.createTestProbe();
            bob.tell(credit(2, "20", source.getRef()));
            source.expectMessage(new Request.Expected(BOBS, 1));
            bob.tell(credit(1, "10", source.getRef()));
            source.expectMessage(new Request.Acknowledged(BOBS, 1));
            bob.tell(credit(1, "10", source.getRef()));
            source.expectMessage(new Request.Acknowledged(BOBS, 1));
            bob.tell(credit(2, "20", source.getRef()));
            source.expectMessage(new Request.Acknowledged(BOBS, 2));
            bob.tell(credit(1, "10", source.getRef()));
            source.expectMessage(new Request.Acknowledged(BOBS, 2));
            assertThat(host.entries(account(BOB))).hasSize(2);
            assertThat(balance(host, account(BOB), bob)).isEqualTo(Amount.parseTokens("30"));
        }
    }

    @Test
    void host06OnlyAWindowOfMessagesIsUnderWayUnacknowledged() {
        try (var host =
                new HostFixture("autonet.process.delivery-window = 4\n" + HostFixture.NO_RESENDING, Runnable::run)) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            for (long nonce = 1; nonce <= 9; nonce++) {
                host.submit(alice, transfer(ALICE, BOB, "1", nonce, host.hand.millis));
            }
            for (long expected = 1; expected <= 4; expected++) {
                assertThat(sequence(host.nextDelivery())).isEqualTo(expected);
            }
            host.sent.expectNoMessage(Duration.ofMillis(100));
            alice.tell(new Request.Acknowledged(BOBS, 3));
            for (long expected = 5; expected <= 7; expected++) {
                assertThat(sequence(host.nextDelivery())).isEqualTo(expected);
            }
            host.sent.expectNoMessage(Duration.ofMillis(100));
        }
    }

    @Test
    void host06AMessageIsSentAgainUntilItIsAcknowledged() {
        try (var host = new HostFixture("autonet.process.resend-min = 20ms", Runnable::run)) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            host.submit(alice, transfer(ALICE, BOB, "1", 1, host.hand.millis));
            var first = host.nextDelivery();
            for (int repeat = 0; repeat < 4; repeat++) {
                assertThat(host.nextDelivery()).isEqualTo(first);
            }
            alice.tell(new Request.Acknowledged(BOBS, 1));
            host.state(alice);
            // What was sent before the acknowledgement came; then silence.
            TestProbe<Object> waiting = host.kit.createTestProbe();
            waiting.awaitAssert(Duration.ofSeconds(5), () -> {
                host.sent.expectNoMessage(Duration.ofMillis(900));
                return true;
            });
        }
    }

    @Test
    void host06AReceiverThatMissesOneGetsItAndAllBehindItOnceMore() {
        try (var host = new HostFixture(HostFixture.NO_RESENDING, Runnable::run)) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            for (long nonce = 1; nonce <= 3; nonce++) {
                host.submit(alice, transfer(ALICE, BOB, "1", nonce, host.hand.millis));
                host.nextDelivery();
            }
            alice.tell(new Request.Expected(BOBS, 2));
            alice.tell(new Request.Expected(BOBS, 2));
            assertThat(sequence(host.nextDelivery())).isEqualTo(2);
            assertThat(sequence(host.nextDelivery())).isEqualTo(3);
            host.sent.expectNoMessage(Duration.ofMillis(200));
        }
    }

    @Test
    void host06AcknowledgementsAreRecordedTogetherAndEndTheDebt() {
        try (var host = new HostFixture(
                "autonet.process { marks-batch = 2, marks-delay = 1h }\n" + HostFixture.NO_RESENDING, Runnable::run)) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            for (long nonce = 1; nonce <= 2; nonce++) {
                host.submit(alice, transfer(ALICE, BOB, "1", nonce, host.hand.millis));
                host.nextDelivery();
            }
            alice.tell(new Request.Acknowledged(BOBS, 1));
            host.state(alice);
            assertThat(host.records(account(ALICE))).hasSize(2);
            alice.tell(new Request.Acknowledged(BOBS, 2));
            host.state(alice);
            assertThat(host.records(account(ALICE)))
                    .hasSize(3)
                    .contains(new JournalRecord.Delivered(new TreeMap<>(Map.of(account(BOB), 2L))));
            host.kill(alice);
            ActorRef<Request> again = host.start(account(ALICE), AccountActor.KIND);
            host.state(again);
            host.sent.expectNoMessage(Duration.ofMillis(100));
        }
    }

    @Test
    void host07WhatIsReturnedIsMadeGood() {
        try (var host = new HostFixture()) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            host.submit(alice, transfer(ALICE, BOB, "400", 1, host.hand.millis));
            assertThat(balance(host, account(ALICE), alice)).isEqualTo(Amount.parseTokens("600"));
            var asked =
                    PayloadCodec.decode(((Request.Deliver) host.nextDelivery().request()).message());
            TestProbe<Request> source = host.kit.createTestProbe();
            var bounce = new Payload.Bounce(
                    ((Payload.Ask) asked.payload()).command(), new Refusal(Code.FULL, "no room", "try later"));
            alice.tell(new Request.Deliver(
                    PayloadCodec.encode(
                            new Input.FromProcess(account(BOB), 0, 0, Hash.digest("bob's entry"), 1, bounce)),
                    source.getRef()));
            source.expectMessage(new Request.Acknowledged(account(ALICE).toString(), 1));
            assertThat(balance(host, account(ALICE), alice)).isEqualTo(Amount.parseTokens("1000"));
        }
    }

    @Test
    void host05BytesThatAreNoMessageAreNotAcknowledged() {
        try (var host = new HostFixture()) {
            ActorRef<Request> bob = host.start(account(BOB), AccountActor.KIND);
            TestProbe<Request> source = host.kit.createTestProbe();
            bob.tell(new Request.Deliver(Bytes.ofHex("ff00ff"), source.getRef()));
            host.state(bob);
            source.expectNoMessage(Duration.ofMillis(50));
            assertThat(host.entries(account(BOB))).isEmpty();
        }
    }
}

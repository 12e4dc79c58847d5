package computer.autonet.process;

import static computer.autonet.process.People.ALICE;
import static computer.autonet.process.People.BOB;
import static computer.autonet.process.People.account;
import static computer.autonet.process.People.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Bytes;
import computer.autonet.codec.EntryCodec;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.MessageCodec;
import computer.autonet.codec.SealedEntry;
import computer.autonet.entity.account.AccountActor;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** Signed messages: each once, in the order in which they came, and never without its signature. */
class SubmitTest {
    @Test
    void host04TheSameMessageTwiceGivesTheSameReceiptAndOneEntry() {
        try (var host = new HostFixture()) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            Bytes message = transfer(ALICE, BOB, "1", 1, host.hand.millis);
            Answer first = host.submit(alice, message);
            assertThat(first).isInstanceOf(Answer.Receipted.class);
            host.hand.millis += 1_000;
            assertThat(host.submit(alice, message)).isEqualTo(first);
            assertThat(host.entries(account(ALICE))).hasSize(1);
        }
    }

    @Test
    void host04AMessageWhoseAnswerACrashSwallowedGivesItsReceiptAfterwards() {
        try (var host = new HostFixture()) {
            Bytes message = transfer(ALICE, BOB, "1", 1, host.hand.millis);
            SealedEntry entry = recorded(message, host.hand.millis);
            // What a node leaves that dies after the write and before the answer.
            host.journal.persistForRecovery(
                    ProcessActor.persistenceId(account(ALICE)).id(),
                    List.of(new JournalRecord.Entry(entry.stored(), null)));
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            var receipt = (Answer.Receipted) host.submit(alice, message);
            assertThat(receipt.entryHash()).isEqualTo(entry.hash().bytes());
            assertThat(receipt.slot()).isZero();
            assertThat(host.entries(account(ALICE))).hasSize(1);
        }
    }

    @SuppressWarnings("unchecked") // the codec of accounts is that of accounts
    private static SealedEntry recorded(Bytes message, long millis) {
        var codec = (KindCodec<AccountState, AccountCommand, AccountEvent>)
                KindCodec.of(account(ALICE).kind());
        Kernel<AccountState, AccountCommand, AccountEvent> kernel =
                codec.kernel(People.GENESIS, new ConstitutionGuard());
        var parsed = (MessageCodec.Accepted) MessageCodec.parse(message, People.GENESIS.networkId());
        var state = kernel.initial(account(ALICE));
        var outcome = (Outcome.Record) kernel.decide(state, parsed.input(), millis, 1);
        return EntryCodec.seal(account(ALICE), outcome.draft(), state.head());
    }

    @Test
    void host03SignaturesCheckedInAnotherOrderDoNotChangeTheOrderOfMessages() {
        List<Runnable> checks = new ArrayList<>();
        try (var host = new HostFixture("", checks::add)) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            for (long nonce = 1; nonce <= 3; nonce++) {
                alice.tell(
                        new Request.Submit(transfer(ALICE, BOB, "1", nonce, host.hand.millis), host.answers.getRef()));
            }
            host.state(alice);
            assertThat(checks).hasSize(3);
            checks.get(2).run();
            checks.get(1).run();
            host.state(alice);
            host.answers.expectNoMessage(Duration.ofMillis(100));
            checks.get(0).run();
            for (long slot = 0; slot < 3; slot++) {
                assertThat(((Answer.Receipted) host.answers.receiveMessage()).slot())
                        .isEqualTo(slot);
            }
        }
    }

    @Test
    void host03AForgedSignatureIsRefusedAndRecordsNothing() {
        try (var host = new HostFixture()) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            byte[] forged = transfer(ALICE, BOB, "1", 1, host.hand.millis).toArray();
            forged[10] ^= 1;
            assertThat(((Answer.Refused) host.submit(alice, Bytes.of(forged))).code())
                    .isEqualTo("BAD_SIGNATURE");
            assertThat(host.entries(account(ALICE))).isEmpty();
        }
    }

    @Test
    void host03MoreMessagesThanMayWaitAreRefusedAtOnce() {
        List<Runnable> checks = new ArrayList<>();
        try (var host = new HostFixture("autonet.process.max-verifying = 1", checks::add)) {
            ActorRef<Request> alice = host.start(account(ALICE), AccountActor.KIND);
            ActorRef<Request> bob = host.start(account(BOB), AccountActor.KIND);
            alice.tell(new Request.Submit(transfer(ALICE, BOB, "1", 1, host.hand.millis), host.answers.getRef()));
            host.state(alice);
            var refused = (Answer.Refused) host.submit(bob, transfer(BOB, ALICE, "1", 1, host.hand.millis));
            assertThat(refused.code()).isEqualTo("FULL");
            assertThat(refused.remedy()).isEqualTo("send it again in a second");
        }
    }

    @Test
    void aMessageForAnotherProcessIsRefused() {
        try (var host = new HostFixture()) {
            ActorRef<Request> bob = host.start(account(BOB), AccountActor.KIND);
            var refused = (Answer.Refused) host.submit(bob, transfer(ALICE, BOB, "1", 1, host.hand.millis));
            assertThat(refused.code()).isEqualTo("WRONG_TARGET");
        }
    }
}

package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.ALICE;
import static computer.autonet.protocol.rules.Bench.BOB;
import static computer.autonet.protocol.rules.Bench.account;
import static computer.autonet.protocol.rules.Bench.process;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.KindCodec;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountRules;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.process.ByVersion;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Guard;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Origin;
import computer.autonet.protocol.process.Outbox;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectRules;
import computer.autonet.protocol.role.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelTest {
    /** Bounced refusals hold it, so that another text would break the hashes of logs that stand. */
    @Test
    void theTextOfAnOriginIsFixed() {
        var account = new ProcessId(Kind.ACCOUNT, Hash.digest("alice"));
        assertThat(new Origin.Process(account, 7, 1))
                .hasToString("Process[id=account:" + account.hash().toHex() + ", slot=7, index=1]");
    }

    private final Kernel<AccountState, AccountCommand, AccountEvent> accounts = new Kernel<>(
            ByVersion.of(new AccountRules()),
            AccountCommand.class,
            AccountEvent.class,
            Bench.GENESIS,
            (v, c, x) -> Optional.empty(),
            KindCodec::action);
    private ProcessState<AccountState> alice = accounts.initial(account(ALICE));
    private Outbox outbox = Outbox.EMPTY;

    private static Input.Signed signed(int number, long nonce, long expires, Command command) {
        return new Input.Signed(Hash.digest("m" + number), ALICE, nonce, expires, command, Bytes.EMPTY);
    }

    private static Input.Signed transfer(int number, long nonce) {
        return signed(number, nonce, 60_000, new AccountCommand.Transfer(BOB.address(), Amount.ofTokens(1)));
    }

    private Outcome offer(Input input, long now) {
        Outcome outcome = accounts.decide(alice, input, now, 1);
        if (outcome instanceof Outcome.Record record) {
            Hash hash = Hash.digest("e" + record.draft().slot());
            alice = accounts.evolve(alice, record.draft(), hash);
            outbox = outbox.after(alice.id(), record.draft(), hash);
        }
        return outcome;
    }

    private static void refused(Outcome outcome, Code code) {
        assertThat(((Outcome.Refused) outcome).refusal().code()).isEqualTo(code);
    }

    @Test
    void proc01Proc04TimeNeverGoesBackAndEntriesFollowOneAnother() {
        var first = (Outcome.Record) offer(transfer(1, 1), 5_000);
        var second = (Outcome.Record) offer(transfer(2, 2), 4_000);
        assertThat(second.draft().timestampMillis()).isEqualTo(5_000);
        assertThat(second.draft().slot()).isEqualTo(1);
        assertThatThrownBy(() -> accounts.evolve(alice, first.draft(), Hash.digest("x")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void proc03ARefusalRecordsNothing() {
        var before = alice;
        refused(offer(signed(1, 1, 60_000, new AccountCommand.Withdraw(9)), 1), Code.NO_SUCH_LOCK);
        assertThat(alice).isEqualTo(before);
    }

    @Test
    void proc05Proc08EnvelopesExpireAndNoncesGoOneByOne() {
        refused(offer(signed(1, 1, 100, new AccountCommand.Withdraw(0)), 100), Code.EXPIRED);
        refused(offer(signed(1, 1, 600_101, new AccountCommand.Withdraw(0)), 100), Code.EXPIRES_TOO_LATE);
        refused(offer(transfer(1, 0), 1), Code.NONCE_USED);
        refused(offer(transfer(1, 2), 1), Code.NONCE_GAP);
        offer(transfer(1, 1), 1);
        refused(offer(transfer(2, 1), 1), Code.NONCE_USED);
    }

    @Test
    void proc06TheSameMessageGetsTheSameReceiptEvenAfterItExpired() {
        offer(transfer(1, 1), 1);
        var receipt = ((Outcome.Known) offer(transfer(1, 1), 70_000)).receipt();
        assertThat(receipt.slot()).isZero();
        assertThat(alice.nextSlot()).isEqualTo(1);
        for (int i = 2; i <= Kernel.MAX_APPLIED + 1; i++) {
            offer(transfer(i, i), 1);
        }
        assertThat(alice.applied()).hasSize(Kernel.MAX_APPLIED);
        refused(offer(transfer(1, 1), 1), Code.NONCE_USED);
    }

    private Outcome from(ProcessId source, long sequence, Payload payload) {
        return offer(new Input.FromProcess(source, 0, 0, Hash.digest("e"), sequence, payload), 1);
    }

    @Test
    void proc07MessagesOfOneSourceAreAcceptedInOrderAndOnce() {
        var credit = new Payload.Ask(new AccountCommand.Credit(ALICE.address(), Amount.ofTokens(1)));
        assertThat(from(account(BOB), 2, credit)).isEqualTo(new Outcome.OutOfOrder(1));
        assertThat(from(account(BOB), 1, credit)).isInstanceOf(Outcome.Record.class);
        assertThat(from(account(BOB), 1, credit)).isEqualTo(new Outcome.Redelivered(1));
        assertThat(alice.domain().balance()).isEqualTo(Amount.ofTokens(2_001));
    }

    @Test
    void proc10WhatIsOwedFollowsFromTheLogAndGoesInOrder() {
        offer(transfer(1, 1), 1);
        offer(transfer(2, 2), 1);
        assertThat(outbox.owed().get(account(BOB)).stream().map(m -> m.sequence()))
                .containsExactly(1L, 2L);
        assertThat(outbox.delivered(account(BOB), 1).owed().get(account(BOB))).hasSize(1);
        assertThat(outbox.delivered(account(BOB), 2).isEmpty()).isTrue();
    }

    @Test
    void proc11CommandsOfAnotherKindAreRefusedAndBounce() {
        refused(offer(signed(1, 1, 60_000, new ProjectCommand.Resume()), 1), Code.UNKNOWN_ACTION);
        refused(
                offer(signed(1, 1, 60_000, new AccountCommand.Credit(ALICE.address(), Amount.ZERO)), 1),
                Code.NOT_A_SIGNED_ACT);
        var wrong = (Outcome.Record) from(account(BOB), 1, new Payload.Ask(new ProjectCommand.Resume()));
        assertThat(wrong.draft().bounced().orElseThrow().code()).isEqualTo(Code.UNKNOWN_ACTION);
        var unsigned = (Outcome.Record) from(account(BOB), 2, new Payload.Ask(new AccountCommand.Withdraw(0)));
        assertThat(unsigned.draft().bounced().orElseThrow().code()).isEqualTo(Code.NOT_AUTHORISED);
    }

    @Test
    void proc12WhatIsNotAcceptedGoesBackAndABounceOfNothingMeansNothing() {
        var credit = new AccountCommand.Credit(BOB.address(), Amount.ofTokens(1));
        var bounced = (Outcome.Record) from(account(BOB), 1, new Payload.Ask(credit));
        assertThat(bounced.draft().outbox().get(0).payload()).isInstanceOf(Payload.Bounce.class);
        var nothing = (Outcome.Record) from(process(Kind.PROJECT, "p"), 1, new Payload.Bounce(credit, Bench.NO));
        assertThat(nothing.draft().events()).isEmpty();
        assertThat(alice.domain().balance()).isEqualTo(Amount.ofTokens(2_000));
    }

    /** The guard is asked first: the lesson of these terms is none, too, which the rules would say. */
    @Test
    void const04TheConstitutionJudgesWhatIsSignedBeforeTheRulesDo() {
        var guarded = new Kernel<>(
                ByVersion.of(new AccountRules()),
                AccountCommand.class,
                AccountEvent.class,
                Bench.GENESIS,
                new ConstitutionGuard(),
                KindCodec::action);
        var unpaid = new AccountCommand.CreateProject(Bench.terms("", 1, 1, Amount.ZERO));
        var no = ((Outcome.Refused) guarded.decide(alice, signed(1, 1, 60_000, unpaid), 1, 1)).refusal();
        assertThat(no.code()).isEqualTo(Code.UNCONSTITUTIONAL);
        assertThat(no.detail()).contains("P6 ");
        var paid = new AccountCommand.CreateProject(Bench.terms());
        assertThat(guarded.decide(alice, signed(1, 1, 60_000, paid), 1, 1)).isInstanceOf(Outcome.Record.class);
    }

    /** No act between processes is unconstitutional by version 1 of the guard; a stricter one returns it to its sender. */
    @Test
    void const04TheConstitutionJudgesWhatProcessesSendToo() {
        var credit = new AccountCommand.Credit(ALICE.address(), Amount.ofTokens(1));
        var input = new Input.FromProcess(account(BOB), 0, 0, Hash.digest("e"), 1, new Payload.Ask(credit));
        List<Command> judged = new ArrayList<>();
        var no = new Refusal(Code.UNCONSTITUTIONAL, "no (P4 minimize suffering)", "stop");
        for (Guard guard : List.of(new ConstitutionGuard(), (Guard) (version, command, context) -> {
            judged.add(command);
            return Optional.of(no);
        })) {
            var guarded = new Kernel<>(
                    ByVersion.of(new AccountRules()),
                    AccountCommand.class,
                    AccountEvent.class,
                    Bench.GENESIS,
                    guard,
                    KindCodec::action);
            var draft = ((Outcome.Record) guarded.decide(alice, input, 1, 1)).draft();
            boolean allowed = judged.isEmpty();
            assertThat(draft.bounced()).isEqualTo(allowed ? Optional.empty() : Optional.of(no));
            assertThat(draft.events()).hasSize(allowed ? 1 : 0);
            assertThat(draft.outbox())
                    .extracting(Parcel::payload)
                    .isEqualTo(allowed ? List.of() : List.of(new Payload.Bounce(credit, no)));
        }
        assertThat(judged).containsExactly(credit);
    }

    @Test
    void proc02AProjectExistsOnlyFromItsCreatorsMessageOnWhateverCameBefore() {
        var projects = new Kernel<>(
                ByVersion.of(new ProjectRules()),
                ProjectCommand.class,
                ProjectEvent.class,
                Bench.GENESIS,
                (v, c, x) -> Optional.empty(),
                KindCodec::action);
        ProcessId id = ProcessId.created(Kind.PROJECT, account(ALICE), 3, 0);
        var state = projects.initial(id);
        for (int i = 1; i <= 2; i++) {
            var join = new ProjectCommand.Join(BOB, Role.SOLVER, Amount.ofTokens(50), 0);
            var input = new Input.FromProcess(account(BOB), 7, 0, Hash.digest("e"), i, new Payload.Ask(join));
            var record = (Outcome.Record) projects.decide(state, input, 1, 1);
            assertThat(record.draft().bounced().orElseThrow().code()).isEqualTo(Code.NOT_THE_CREATOR);
            state = projects.evolve(state, record.draft(), Hash.digest("" + i));
        }
        refused(projects.decide(state, signed(1, 1, 60_000, new ProjectCommand.Resume()), 1, 1), Code.NO_SUCH_PROCESS);
        var found = new ProjectCommand.Found(ALICE, Bench.terms());
        var input = new Input.FromProcess(account(ALICE), 3, 0, Hash.digest("e"), 1, new Payload.Ask(found));
        var record = (Outcome.Record) projects.decide(state, input, 1, 1);
        assertThat(record.draft().bounced()).isEmpty();
        assertThat(record.draft().events()).hasSize(1);
    }

    @Test
    void proc09ATickThatIsLateMovesTheDeadlineAndActsOnNothing() {
        var bench = new Bench<>(new ProjectRules(), process(Kind.PROJECT, "project"));
        bench.ask(account(ALICE), new ProjectCommand.Found(ALICE, Bench.terms()));
        for (var role : Role.values()) {
            for (String name : List.of("x", "y", "z")) {
                var who = Bench.identity(name);
                bench.ask(account(who), new ProjectCommand.Join(who, role, role.minimumStake(), 0));
            }
        }
        var kernel = new Kernel<>(
                ByVersion.of(new ProjectRules()),
                ProjectCommand.class,
                ProjectEvent.class,
                Bench.GENESIS,
                (v, c, x) -> Optional.empty(),
                KindCodec::action);
        var blank = kernel.initial(bench.id);
        var state = new ProcessState<>(
                blank.id(),
                blank.versions(),
                0,
                0,
                1_500,
                blank.head(),
                blank.nonces(),
                blank.applied(),
                blank.received(),
                blank.sent(),
                bench.state);
        long due = kernel.deadlineMillis(state).orElseThrow();
        assertThat(due).isEqualTo(2_000);
        assertThat(kernel.decide(state, signed(1, 1, 60_000, new ProjectCommand.Resume()), due, 1))
                .isEqualTo(new Outcome.TickFirst(new Input.Tick(due)));
        assertThat(kernel.decide(state, new Input.Tick(due), due - 1, 1)).isInstanceOf(Outcome.Stale.class);
        assertThat(kernel.decide(state, new Input.Tick(due + 1), due + 1, 1)).isInstanceOf(Outcome.Stale.class);
        var onTime = (Outcome.Record) kernel.decide(state, new Input.Tick(due), due + 2_000, 1);
        assertThat(onTime.draft().extendedMillis()).isZero();
        var late = (Outcome.Record) kernel.decide(state, new Input.Tick(due), due + 5_000, 1);
        assertThat(late.draft().events()).isEmpty();
        assertThat(kernel.deadlineMillis(kernel.evolve(state, late.draft(), Hash.digest("e"))))
                .hasValue(due + 5_000 + 2_000);
    }
}

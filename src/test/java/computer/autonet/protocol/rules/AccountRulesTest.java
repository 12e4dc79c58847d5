package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.ALICE;
import static computer.autonet.protocol.rules.Bench.BOB;
import static computer.autonet.protocol.rules.Bench.accepted;
import static computer.autonet.protocol.rules.Bench.account;
import static computer.autonet.protocol.rules.Bench.process;
import static computer.autonet.protocol.rules.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountRules;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.account.Lock;
import computer.autonet.protocol.account.Payment;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.role.Role;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountRulesTest {
    private static final ProcessId PROJECT = process(Kind.PROJECT, "project");
    private static final Amount MOST = new Amount(BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE));

    private final Bench<AccountState, AccountCommand, AccountEvent> alice =
            new Bench<>(new AccountRules(), account(ALICE));
    private final Bench<AccountState, AccountCommand, AccountEvent> escrow =
            new Bench<>(new AccountRules(), Bench.owned(Kind.ACCOUNT, PROJECT.hash()));

    private static AccountCommand.Stake stake(int tokens) {
        return new AccountCommand.Stake(PROJECT, Role.SOLVER, Amount.ofTokens(tokens));
    }

    @Test
    void acc01OnlyTheOwnerSpends() {
        var transfer = new AccountCommand.Transfer(BOB.address(), Amount.ofTokens(1));
        refused(alice.ask(BOB, transfer), Code.NOT_YOURS);
        refused(alice.ask(BOB, stake(50)), Code.NOT_YOURS);
        refused(alice.ask(BOB, new AccountCommand.Withdraw(0)), Code.NOT_YOURS);
        refused(alice.ask(BOB, new AccountCommand.CreateProject(Bench.terms())), Code.NOT_YOURS);
        accepted(alice.ask(ALICE, transfer));
    }

    @Test
    void acc02ATransferLeavesWithTheCreditThatCarriesIt() {
        refused(alice.ask(ALICE, new AccountCommand.Transfer(BOB.address(), Amount.ZERO)), Code.INVALID_ARGUMENT);
        refused(alice.ask(ALICE, new AccountCommand.Transfer(BOB.address(), MOST)), Code.INSUFFICIENT_FUNDS);
        accepted(alice.ask(ALICE, new AccountCommand.Transfer(BOB.address(), Amount.ofTokens(5))));
        assertThat(alice.sent()).containsExactly(new AccountCommand.Credit(BOB.address(), Amount.ofTokens(5)));
        assertThat(alice.sent.get(0).receiver()).isEqualTo(account(BOB));
        assertThat(alice.state.balance()).isEqualTo(Amount.ofTokens(1_995));
    }

    @Test
    void acc03ProjectsAreFoundedOnFitTermsOnly() {
        refused(
                alice.ask(ALICE, new AccountCommand.CreateProject(Bench.terms("", 1, 1, Amount.ofTokens(1)))),
                Code.INVALID_ARGUMENT);
        accepted(alice.ask(ALICE, new AccountCommand.CreateProject(Bench.terms())));
        assertThat(alice.sent.get(0).receiver()).isEqualTo(ProcessId.created(Kind.PROJECT, alice.id, 0, 0));
        assertThat(alice.sent()).containsExactly(new ProjectCommand.Found(ALICE, Bench.terms()));
    }

    @Test
    void acc04AStakeIsLockedBeforeItsProjectHearsOfIt() {
        refused(alice.ask(ALICE, stake(49)), Code.STAKE_TOO_LOW);
        refused(alice.ask(ALICE, stake(3_000)), Code.INSUFFICIENT_FUNDS);
        refused(
                alice.ask(ALICE, new AccountCommand.Stake(account(BOB), Role.SOLVER, Amount.ofTokens(50))),
                Code.INVALID_ARGUMENT);
        accepted(alice.ask(ALICE, stake(50)));
        assertThat(alice.state.locks()).hasSize(1);
        assertThat(alice.sent()).containsExactly(new ProjectCommand.Join(ALICE, Role.SOLVER, Amount.ofTokens(50), 0));
        assertThat(alice.state.total()).isEqualTo(Amount.ofTokens(2_000));
    }

    @Test
    void acc05Stake02AStakeReturnsWhenReleasedAndAtItsUnlockTime() {
        alice.ask(ALICE, stake(50));
        var withdraw = new AccountCommand.Withdraw(0);
        alice.nowMillis = 1_000 + Role.SOLVER.lock().toMillis();
        refused(alice.ask(ALICE, withdraw), Code.STILL_LOCKED);
        accepted(alice.ask(PROJECT, new AccountCommand.Release(0)));
        alice.nowMillis--;
        refused(alice.ask(ALICE, withdraw), Code.STILL_LOCKED);
        alice.nowMillis++;
        accepted(alice.ask(ALICE, withdraw));
        refused(alice.ask(ALICE, withdraw), Code.NO_SUCH_LOCK);
        assertThat(alice.state.balance()).isEqualTo(Amount.ofTokens(2_000));
    }

    @Test
    void stake01EachRoleHasItsMinimumAndItsLockTime() {
        assertThat(Role.PROPOSER.minimumStake()).isEqualTo(Amount.ofTokens(100));
        assertThat(Role.SOLVER.minimumStake()).isEqualTo(Amount.ofTokens(50));
        assertThat(Role.COORDINATOR.minimumStake()).isEqualTo(Amount.ofTokens(500));
        assertThat(Role.AGGREGATOR.minimumStake()).isEqualTo(Amount.ofTokens(1_000));
        assertThat(Role.PROPOSER.lock().toDays()).isEqualTo(7);
        assertThat(Role.SOLVER.lock().toDays()).isEqualTo(3);
        assertThat(Role.COORDINATOR.lock().toDays()).isEqualTo(14);
        assertThat(Role.AGGREGATOR.lock().toDays()).isEqualTo(14);
    }

    @Test
    void acc06CreditsComeFromAccountsAndNeverOverflow() {
        var credit = new AccountCommand.Credit(ALICE.address(), Amount.ofTokens(1));
        refused(alice.ask(PROJECT, credit), Code.NOT_AUTHORISED);
        refused(alice.ask(account(BOB), new AccountCommand.Credit(BOB.address(), Amount.ofTokens(1))), Code.NOT_YOURS);
        refused(alice.ask(account(BOB), new AccountCommand.Credit(ALICE.address(), MOST)), Code.FULL);
        accepted(alice.ask(account(BOB), credit));
        assertThat(alice.state.balance()).isEqualTo(Amount.ofTokens(2_001));
    }

    private void fund() {
        accepted(escrow.ask(account(ALICE), new AccountCommand.Credit(PROJECT.hash(), Amount.ofTokens(100))));
    }

    @Test
    void acc07AReferenceIsHeldOnceAndSettledOnceWithinWhatIsHeld() {
        fund();
        Hash reference = Hash.digest("round");
        var hold = new AccountCommand.Hold(reference, Amount.ofTokens(10));
        refused(escrow.ask(process(Kind.PROJECT, "other"), hold), Code.NOT_AUTHORISED);
        accepted(escrow.ask(PROJECT, hold));
        assertThat(escrow.sent()).containsExactly(new ProjectCommand.Held(reference));
        refused(escrow.ask(PROJECT, hold), Code.ALREADY_DONE);

        var tooMuch = List.of(new Payment(BOB.address(), Amount.ofTokens(11)));
        refused(escrow.ask(PROJECT, new AccountCommand.Settle(reference, tooMuch)), Code.INSUFFICIENT_FUNDS);
        var overflow = List.of(new Payment(BOB.address(), MOST), new Payment(BOB.address(), MOST));
        refused(escrow.ask(PROJECT, new AccountCommand.Settle(reference, overflow)), Code.INSUFFICIENT_FUNDS);

        var settle = new AccountCommand.Settle(reference, List.of(new Payment(BOB.address(), Amount.ofTokens(4))));
        accepted(escrow.ask(PROJECT, settle));
        assertThat(escrow.state.balance()).isEqualTo(Amount.ofTokens(96));
        assertThat(escrow.state.holds()).isEmpty();
        refused(escrow.ask(PROJECT, settle), Code.ALREADY_DONE);
    }

    @Test
    void acc08WhatBouncesComesBackOnlyFromWhereItWent() {
        alice.ask(ALICE, new AccountCommand.Transfer(BOB.address(), Amount.ofTokens(5)));
        alice.bounce(account(BOB), new AccountCommand.Credit(BOB.address(), Amount.ofTokens(5)));
        assertThat(alice.state.balance()).isEqualTo(Amount.ofTokens(2_000));

        alice.ask(ALICE, stake(50));
        var join = new ProjectCommand.Join(ALICE, Role.SOLVER, Amount.ofTokens(50), 0);
        alice.bounce(process(Kind.PROJECT, "another"), join);
        assertThat(alice.state.locks()).as("another project frees nothing").hasSize(1);
        alice.bounce(PROJECT, join);
        assertThat(alice.state.locks()).isEmpty();
        alice.bounce(PROJECT, join);
        assertThat(alice.state.balance()).isEqualTo(Amount.ofTokens(2_000));
    }

    @Test
    void acc09AnAccountHoldsABoundedNumberOfStakes() {
        var locks = Tables.<Long, Lock>empty();
        for (long i = 0; i < AccountRules.MAX_LOCKS; i++) {
            locks = Tables.with(locks, i, new Lock(PROJECT, Role.SOLVER, Amount.ofTokens(50), 0, false));
        }
        alice.state = new AccountState(
                Optional.of(ALICE.address()),
                Amount.ofTokens(50),
                locks,
                Tables.empty(),
                AccountRules.MAX_LOCKS,
                Tables.empty(),
                1,
                Tables.empty());
        refused(alice.ask(ALICE, stake(50)), Code.FULL);
    }

    @Test
    void acc10AChargeTakesAtMostTheLockAndTheTreasuryGetsTheRest() {
        alice.ask(ALICE, stake(50));
        var payments = List.of(new Payment(BOB.address(), Amount.ofTokens(2)));
        var charge = new AccountCommand.Charge(0, Amount.ofTokens(5), payments);
        refused(alice.ask(process(Kind.PROJECT, "other"), charge), Code.NOT_AUTHORISED);
        refused(alice.ask(PROJECT, new AccountCommand.Charge(1, Amount.ZERO, List.of())), Code.NO_SUCH_LOCK);
        refused(
                alice.ask(PROJECT, new AccountCommand.Charge(0, Amount.ofTokens(51), List.of())),
                Code.INSUFFICIENT_FUNDS);
        refused(
                alice.ask(PROJECT, new AccountCommand.Charge(0, Amount.ofTokens(1), payments)),
                Code.INSUFFICIENT_FUNDS);
        accepted(alice.ask(PROJECT, charge));
        assertThat(alice.sent())
                .containsExactly(
                        new AccountCommand.Credit(BOB.address(), Amount.ofTokens(2)),
                        new AccountCommand.Credit(Bench.identity("treasury").address(), Amount.ofTokens(3)));
        refused(alice.ask(account(BOB), new AccountCommand.Release(0)), Code.NOT_AUTHORISED);
    }

    @Test
    void acc11WhatIsFreeInAnEscrowIsSweptAndWhatIsHeldStays() {
        fund();
        escrow.ask(PROJECT, new AccountCommand.Hold(Hash.digest("round"), Amount.ofTokens(10)));
        refused(escrow.ask(account(ALICE), new AccountCommand.Sweep(BOB.address())), Code.NOT_AUTHORISED);
        accepted(escrow.ask(PROJECT, new AccountCommand.Sweep(BOB.address())));
        assertThat(escrow.sent()).containsExactly(new AccountCommand.Credit(BOB.address(), Amount.ofTokens(90)));
        accepted(escrow.ask(PROJECT, new AccountCommand.Sweep(BOB.address())));
        assertThat(escrow.sent()).isEmpty();
        assertThat(escrow.state.total()).isEqualTo(Amount.ofTokens(10));
    }
}

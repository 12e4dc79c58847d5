package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.ALICE;
import static computer.autonet.protocol.rules.Bench.BOB;
import static computer.autonet.protocol.rules.Bench.GOLD;
import static computer.autonet.protocol.rules.Bench.SILVER;
import static computer.autonet.protocol.rules.Bench.accepted;
import static computer.autonet.protocol.rules.Bench.account;
import static computer.autonet.protocol.rules.Bench.process;
import static computer.autonet.protocol.rules.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
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
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Outgoing;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.role.Role;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static Amount tokens(int tokens) {
        return Amount.ofTokens(tokens);
    }

    private static AccountCommand.Transfer gold(Amount amount) {
        return new AccountCommand.Transfer(BOB.address(), amount, GOLD);
    }

    @Test
    void acc16EachAssetHasItsOwnBalanceFromGenesisOnAndNoneOfThemIsKeptAtZero() {
        assertThat(alice.state.assets()).containsExactly(Map.entry(GOLD, tokens(300)));
        var bob = new Bench<>(new AccountRules(), account(BOB));
        assertThat(bob.state.owner())
                .as("whoever begins with something is known")
                .contains(BOB.address());
        assertThat(bob.state.totals())
                .containsExactlyInAnyOrderEntriesOf(Map.of(Asset.ATN, Amount.ZERO, SILVER, tokens(40)));

        refused(alice.ask(ALICE, gold(tokens(301))), Code.INSUFFICIENT_FUNDS);
        refused(alice.ask(ALICE, gold(Amount.ZERO)), Code.INVALID_ARGUMENT);
        refused(
                alice.ask(ALICE, new AccountCommand.Transfer(BOB.address(), tokens(1), SILVER)),
                Code.INSUFFICIENT_FUNDS);
        accepted(alice.ask(ALICE, gold(tokens(299))));
        assertThat(alice.state.assets()).containsExactly(Map.entry(GOLD, tokens(1)));
        accepted(alice.ask(ALICE, gold(tokens(1))));
        assertThat(alice.state.assets()).isEmpty();
        assertThat(alice.state.balance()).isEqualTo(tokens(2_000));
        refused(alice.ask(ALICE, gold(new Amount(BigInteger.ONE))), Code.INSUFFICIENT_FUNDS);
    }

    @Test
    void acc16AnAccountHasRoomForABoundedNumberOfAssetsAndEachForABoundedSum() {
        alice.ask(ALICE, gold(tokens(300)));
        for (int i = 0; i < AccountRules.MAX_ASSETS; i++) {
            accepted(alice.ask(account(BOB), creditOf(new Asset(Hash.digest("asset " + i)), tokens(1))));
        }
        refused(alice.ask(account(BOB), creditOf(GOLD, tokens(1))), Code.FULL);
        accepted(alice.ask(account(BOB), creditOf(Asset.ATN, tokens(1))));
        var known = new Asset(Hash.digest("asset 7"));
        accepted(alice.ask(account(BOB), creditOf(known, tokens(1))));
        refused(alice.ask(account(BOB), creditOf(known, MOST)), Code.FULL);
        assertThat(alice.state.balance(known)).isEqualTo(tokens(2));

        alice.bounce(account(BOB), new AccountCommand.Credit(BOB.address(), tokens(300), GOLD));
        assertThat(alice.state.balance(GOLD))
                .as("what comes back is taken back though there is no room")
                .isEqualTo(tokens(300));
    }

    private static AccountCommand.Credit creditOf(Asset asset, Amount amount) {
        return new AccountCommand.Credit(ALICE.address(), amount, asset);
    }

    @Test
    void acc16NoGenesisCanFillAnAccount() {
        assertThat(AccountRules.MAX_ASSETS).isGreaterThanOrEqualTo(Genesis.MAX_ASSETS);
    }

    @Test
    void acc17ATransferItsCreditAndItsReturnAreOfTheSameAsset() {
        accepted(alice.ask(ALICE, gold(tokens(5))));
        var credit = new AccountCommand.Credit(BOB.address(), tokens(5), GOLD);
        assertThat(alice.sent()).containsExactly(credit);
        assertThat(alice.state.balance(GOLD)).isEqualTo(tokens(295));
        alice.bounce(account(BOB), credit);
        assertThat(alice.state.balance(GOLD)).isEqualTo(tokens(300));
        assertThat(alice.state.balance()).isEqualTo(tokens(2_000));

        var bob = new Bench<>(new AccountRules(), account(BOB));
        accepted(bob.ask(account(ALICE), credit));
        assertThat(bob.state.totals())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Asset.ATN, Amount.ZERO, SILVER, tokens(40), GOLD, tokens(5)));
    }

    @Test
    void acc17StakesHoldsAndRewardsAreOfAtnWhateverElseThereIs() {
        accepted(escrow.ask(account(ALICE), new AccountCommand.Credit(PROJECT.hash(), MOST, GOLD)));
        refused(escrow.ask(PROJECT, new AccountCommand.Hold(Hash.digest("round"), tokens(1))), Code.INSUFFICIENT_FUNDS);
        var bob = new Bench<>(new AccountRules(), account(BOB));
        accepted(bob.ask(account(ALICE), new AccountCommand.Credit(BOB.address(), MOST, GOLD)));
        refused(bob.ask(BOB, stake(50)), Code.INSUFFICIENT_FUNDS);
    }

    @Test
    void acc11Acc17WhatIsFreeOfEveryAssetIsSweptTogether() {
        fund();
        accepted(escrow.ask(account(ALICE), new AccountCommand.Credit(PROJECT.hash(), tokens(3), GOLD)));
        accepted(escrow.ask(account(BOB), new AccountCommand.Credit(PROJECT.hash(), tokens(4), SILVER)));
        escrow.ask(PROJECT, new AccountCommand.Hold(Hash.digest("round"), tokens(10)));
        accepted(escrow.ask(PROJECT, new AccountCommand.Sweep(BOB.address())));
        assertThat(escrow.sent())
                .containsExactlyInAnyOrder(
                        new AccountCommand.Credit(BOB.address(), tokens(90)),
                        new AccountCommand.Credit(BOB.address(), tokens(3), GOLD),
                        new AccountCommand.Credit(BOB.address(), tokens(4), SILVER));
        assertThat(escrow.sent.stream().map(Outgoing::receiver)).containsOnly(account(BOB));
        assertThat(escrow.state.totals()).containsExactly(Map.entry(Asset.ATN, tokens(10)));
        accepted(escrow.ask(PROJECT, new AccountCommand.Sweep(BOB.address())));
        assertThat(escrow.sent()).isEmpty();
    }

    /** Any moves of any assets in and out, against a plain table of what each of them must come to. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void acc16Acc17NoAssetIsEverCountedAsAnother(long seed) {
        var random = new SplittableRandom(seed);
        List<Asset> assets = List.of(Asset.ATN, GOLD, SILVER, new Asset(Hash.digest("copper")));
        var expected = new HashMap<Asset, Amount>(alice.state.totals());
        List<AccountCommand.Credit> underWay = new ArrayList<>();
        int sent = 0;
        int returned = 0;
        for (int step = 0; step < 2_000; step++) {
            Asset asset = assets.get(random.nextInt(assets.size()));
            Amount before = expected.getOrDefault(asset, Amount.ZERO);
            Amount amount = random.nextInt(4) == 0 ? before : Amount.ofTokens(random.nextInt(100));
            switch (random.nextInt(3)) {
                case 0 -> {
                    boolean possible = !amount.isZero() && before.covers(amount);
                    var decision = alice.ask(ALICE, new AccountCommand.Transfer(BOB.address(), amount, asset));
                    assertThat(decision instanceof Decision.Accepted)
                            .as("seed " + seed)
                            .isEqualTo(possible);
                    if (possible) {
                        expected.put(asset, before.minus(amount));
                        underWay.add(alice.sent(AccountCommand.Credit.class).get(0));
                        sent++;
                    }
                }
                case 1 -> {
                    Amount credit = Amount.ofTokens(random.nextInt(50));
                    accepted(alice.ask(account(BOB), creditOf(asset, credit)));
                    expected.put(asset, before.plus(credit));
                }
                default -> {
                    if (!underWay.isEmpty()) {
                        AccountCommand.Credit back = underWay.remove(random.nextInt(underWay.size()));
                        alice.bounce(account(BOB), back);
                        expected.merge(back.asset(), back.amount(), Amount::plus);
                        returned++;
                    }
                }
            }
            assets.forEach(each -> assertThat(alice.state.balance(each))
                    .as("seed %s, asset %s", seed, each)
                    .isEqualTo(expected.getOrDefault(each, Amount.ZERO)));
            assertThat(alice.state.assets().values()).doesNotContain(Amount.ZERO);
        }
        assertThat(sent).as("seed " + seed).isGreaterThan(100);
        assertThat(returned).as("seed " + seed).isGreaterThan(50);
    }
}

package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.ALICE;
import static computer.autonet.protocol.rules.Bench.BOB;
import static computer.autonet.protocol.rules.Bench.GOLD;
import static computer.autonet.protocol.rules.Bench.SILVER;
import static computer.autonet.protocol.rules.Bench.accepted;
import static computer.autonet.protocol.rules.Bench.account;
import static computer.autonet.protocol.rules.Bench.identity;
import static computer.autonet.protocol.rules.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountRules;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.account.Grant;
import computer.autonet.protocol.account.Mandate;
import computer.autonet.protocol.account.Right;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.project.ProjectCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that act for an account which is not theirs. */
class MandateTest {
    private static final Identity CAROL = identity("carol");
    private static final Identity SHOP = identity("shop");
    private static final long HOUR = 3_600_000;

    private final Bench<AccountState, AccountCommand, AccountEvent> alice =
            new Bench<>(new AccountRules(), account(ALICE));

    private static Mandate mandate(Identity holder, int cap, int depth, Right... rights) {
        return new Mandate(holder, List.of(rights), Optional.empty(), Amount.ofTokens(cap), 0, HOUR, depth, Asset.ATN);
    }

    private static AccountCommand.TransferUnder pay(long mandate, Identity to, int tokens) {
        return new AccountCommand.TransferUnder(mandate, to.address(), Amount.ofTokens(tokens));
    }

    private void grant(Mandate mandate) {
        accepted(alice.ask(ALICE, new AccountCommand.GrantMandate(mandate, 0)));
    }

    @Test
    void acc12OnlyTheOwnerGrantsByItsOwnAuthorityAndOnlyWhatCanHold() {
        var fit = mandate(BOB, 10, 0, Right.TRANSFER);
        refused(alice.ask(BOB, new AccountCommand.GrantMandate(fit, 0)), Code.NOT_YOURS);
        var unfit = List.of(
                mandate(BOB, 10, 0),
                mandate(BOB, 10, 0, Right.TRANSFER, Right.TRANSFER),
                mandate(BOB, 10, 0, Right.CREATE_PROJECT, Right.TRANSFER),
                mandate(BOB, 10, -1, Right.TRANSFER),
                mandate(BOB, 10, Mandate.MAX_DEPTH + 1, Right.TRANSFER),
                new Mandate(BOB, List.of(Right.TRANSFER), Optional.empty(), Amount.ofTokens(1), 0, 1_000, 0, Asset.ATN),
                new Mandate(
                        BOB, List.of(Right.TRANSFER), Optional.empty(), Amount.ofTokens(1), HOUR, HOUR, 0, Asset.ATN),
                new Mandate(
                        BOB,
                        List.of(Right.CREATE_PROJECT),
                        Optional.of(SHOP.address()),
                        Amount.ofTokens(1),
                        0,
                        HOUR,
                        0,
                        Asset.ATN));
        for (Mandate mandate : unfit) {
            refused(alice.ask(ALICE, new AccountCommand.GrantMandate(mandate, 0)), Code.INVALID_ARGUMENT);
        }
        grant(fit);
        assertThat(alice.state.mandates()).containsExactly(Map.entry(1L, new Grant(fit, 0, Amount.ZERO)));
    }

    @Test
    void acc12AnAccountHasABoundedNumberOfMandates() {
        for (int i = 0; i < 256; i++) {
            grant(mandate(BOB, 1, 0, Right.TRANSFER));
        }
        var one = new AccountCommand.GrantMandate(mandate(BOB, 1, 0, Right.TRANSFER), 0);
        refused(alice.ask(ALICE, one), Code.FULL);
        accepted(alice.ask(ALICE, new AccountCommand.RevokeMandate(7)));
        accepted(alice.ask(ALICE, one));
        assertThat(alice.state.mandates()).containsKey(257L).doesNotContainKey(7L);
    }

    @Test
    void acc13AHolderActsWithinRightReceiverTimeAndCap() {
        grant(new Mandate(
                BOB,
                List.of(Right.TRANSFER),
                Optional.of(SHOP.address()),
                Amount.ofTokens(10),
                2_000,
                HOUR,
                0,
                Asset.ATN));
        alice.nowMillis = 1_999;
        refused(alice.ask(BOB, pay(1, SHOP, 1)), Code.BEYOND_MANDATE);
        alice.nowMillis = 2_000;
        refused(alice.ask(BOB, pay(2, SHOP, 1)), Code.NO_SUCH_MANDATE);
        refused(alice.ask(CAROL, pay(1, SHOP, 1)), Code.NOT_YOURS);
        refused(alice.ask(BOB, pay(1, CAROL, 1)), Code.BEYOND_MANDATE);
        refused(alice.ask(BOB, pay(1, SHOP, 0)), Code.INVALID_ARGUMENT);
        refused(alice.ask(BOB, new AccountCommand.CreateProjectUnder(1, Bench.terms())), Code.BEYOND_MANDATE);
        refused(alice.ask(BOB, pay(1, SHOP, 11)), Code.BEYOND_MANDATE);
        accepted(alice.ask(BOB, pay(1, SHOP, 6)));
        assertThat(alice.sent()).containsExactly(new AccountCommand.Credit(SHOP.address(), Amount.ofTokens(6)));
        assertThat(alice.state.balance()).isEqualTo(Amount.ofTokens(1_994));
        refused(alice.ask(BOB, pay(1, SHOP, 5)), Code.BEYOND_MANDATE);
        accepted(alice.ask(BOB, pay(1, SHOP, 4)));
        alice.nowMillis = HOUR;
        refused(alice.ask(BOB, pay(1, SHOP, 1)), Code.BEYOND_MANDATE);
    }

    @Test
    void acc13WhatBouncesComesBackAndStillCounts() {
        grant(mandate(BOB, 10, 0, Right.TRANSFER));
        accepted(alice.ask(BOB, pay(1, SHOP, 10)));
        alice.bounce(account(SHOP), alice.sent().get(0));
        assertThat(alice.state.balance()).isEqualTo(Amount.ofTokens(2_000));
        refused(alice.ask(BOB, pay(1, SHOP, 1)), Code.BEYOND_MANDATE);
    }

    @Test
    void acc13ACapIsNoMoney() {
        grant(mandate(BOB, 1_000_000, 0, Right.TRANSFER));
        refused(alice.ask(BOB, pay(1, SHOP, 2_001)), Code.INSUFFICIENT_FUNDS);
    }

    @Test
    void acc13AProjectFoundedUnderAMandateIsTheOwners() {
        grant(mandate(BOB, 0, 0, Right.CREATE_PROJECT));
        refused(
                alice.ask(BOB, new AccountCommand.CreateProjectUnder(1, Bench.terms("", 1, 1, Amount.ofTokens(1)))),
                Code.INVALID_ARGUMENT);
        accepted(alice.ask(BOB, new AccountCommand.CreateProjectUnder(1, Bench.terms())));
        assertThat(alice.sent()).containsExactly(new ProjectCommand.Found(ALICE, Bench.terms()));
    }

    @Test
    void acc14AHolderPassesOnNoMoreThanItHas() {
        grant(mandate(BOB, 10, 1, Right.TRANSFER));
        refused(
                alice.ask(CAROL, new AccountCommand.GrantMandate(mandate(CAROL, 1, 0, Right.TRANSFER), 1)),
                Code.NOT_YOURS);
        refused(
                alice.ask(BOB, new AccountCommand.GrantMandate(mandate(CAROL, 1, 0, Right.TRANSFER), 5)),
                Code.NO_SUCH_MANDATE);
        var more = List.of(
                mandate(CAROL, 11, 0, Right.TRANSFER),
                mandate(CAROL, 10, 1, Right.TRANSFER),
                mandate(CAROL, 10, 0, Right.TRANSFER, Right.CREATE_PROJECT),
                new Mandate(CAROL, List.of(Right.TRANSFER), Optional.empty(), Amount.ZERO, 0, HOUR + 1, 0, Asset.ATN));
        for (Mandate mandate : more) {
            refused(alice.ask(BOB, new AccountCommand.GrantMandate(mandate, 1)), Code.BEYOND_MANDATE);
        }
        accepted(alice.ask(BOB, new AccountCommand.GrantMandate(mandate(CAROL, 10, 0, Right.TRANSFER), 1)));
        accepted(alice.ask(BOB, pay(1, SHOP, 7)));
        refused(alice.ask(CAROL, pay(2, SHOP, 4)), Code.BEYOND_MANDATE);
        accepted(alice.ask(CAROL, pay(2, SHOP, 3)));
        refused(alice.ask(BOB, pay(1, SHOP, 1)), Code.BEYOND_MANDATE);
        refused(
                alice.ask(CAROL, new AccountCommand.GrantMandate(mandate(SHOP, 1, 0, Right.TRANSFER), 2)),
                Code.BEYOND_MANDATE);
    }

    @Test
    void acc15WhatIsRevokedEndsWithAllThatWasPassedOn() {
        grant(mandate(BOB, 10, 2, Right.TRANSFER));
        accepted(alice.ask(BOB, new AccountCommand.GrantMandate(mandate(CAROL, 10, 1, Right.TRANSFER), 1)));
        accepted(alice.ask(CAROL, new AccountCommand.GrantMandate(mandate(SHOP, 10, 0, Right.TRANSFER), 2)));
        grant(mandate(SHOP, 1, 0, Right.TRANSFER));
        refused(alice.ask(SHOP, new AccountCommand.RevokeMandate(2)), Code.NOT_YOURS);
        refused(alice.ask(SHOP, new AccountCommand.RevokeMandate(9)), Code.NO_SUCH_MANDATE);
        accepted(alice.ask(BOB, new AccountCommand.RevokeMandate(2)));
        assertThat(alice.state.mandates()).containsOnlyKeys(1L, 4L);
        refused(alice.ask(SHOP, pay(3, SHOP, 1)), Code.NO_SUCH_MANDATE);
        accepted(alice.ask(SHOP, new AccountCommand.RevokeMandate(4)));
        accepted(alice.ask(ALICE, new AccountCommand.RevokeMandate(1)));
        assertThat(alice.state.mandates()).isEmpty();
    }

    private static Mandate over(Asset asset, Identity holder, int cap, int depth) {
        return new Mandate(
                holder, List.of(Right.TRANSFER), Optional.empty(), Amount.ofTokens(cap), 0, HOUR, depth, asset);
    }

    private static AccountCommand.TransferUnder pay(long mandate, Asset asset, int tokens) {
        return new AccountCommand.TransferUnder(mandate, SHOP.address(), Amount.ofTokens(tokens), asset);
    }

    @Test
    void acc18OnlyTheAssetOfAMandateLeavesUnderItAndItsCapCountsThatOne() {
        grant(over(GOLD, BOB, 10, 0));
        refused(alice.ask(BOB, pay(1, SHOP, 1)), Code.BEYOND_MANDATE);
        refused(alice.ask(BOB, pay(1, SILVER, 1)), Code.BEYOND_MANDATE);
        refused(alice.ask(BOB, pay(1, GOLD, 11)), Code.BEYOND_MANDATE);
        accepted(alice.ask(BOB, pay(1, GOLD, 6)));
        assertThat(alice.sent()).containsExactly(new AccountCommand.Credit(SHOP.address(), Amount.ofTokens(6), GOLD));
        assertThat(alice.state.balance(GOLD)).isEqualTo(Amount.ofTokens(294));
        assertThat(alice.state.balance()).isEqualTo(Amount.ofTokens(2_000));
        refused(alice.ask(BOB, pay(1, GOLD, 5)), Code.BEYOND_MANDATE);

        grant(mandate(BOB, 10, 0, Right.TRANSFER));
        refused(alice.ask(BOB, pay(2, GOLD, 1)), Code.BEYOND_MANDATE);
        accepted(alice.ask(BOB, pay(2, SHOP, 10)));
        assertThat(alice.state.mandates().get(1L).spent()).isEqualTo(Amount.ofTokens(6));
    }

    @Test
    void acc14Acc18AMandateIsPassedOnOverTheSameAssetOnly() {
        grant(over(GOLD, BOB, 10, 1));
        for (Asset other : List.of(Asset.ATN, SILVER)) {
            refused(alice.ask(BOB, new AccountCommand.GrantMandate(over(other, CAROL, 1, 0), 1)), Code.BEYOND_MANDATE);
        }
        accepted(alice.ask(BOB, new AccountCommand.GrantMandate(over(GOLD, CAROL, 4, 0), 1)));
        accepted(alice.ask(CAROL, pay(2, GOLD, 4)));
        assertThat(alice.state.mandates().get(1L).spent()).isEqualTo(Amount.ofTokens(4));
    }

    @Test
    void acc18ARightToCreateProjectsHoldsWhateverTheAsset() {
        grant(new Mandate(BOB, List.of(Right.CREATE_PROJECT), Optional.empty(), Amount.ofTokens(1), 0, HOUR, 0, GOLD));
        accepted(alice.ask(BOB, new AccountCommand.CreateProjectUnder(1, Bench.terms())));
    }

    /** Any acts of any keys, against a plain account of what each owner's grant has let out. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void acc13Acc14NothingLeavesBeyondTheCapThatTheOwnerGranted(long seed) {
        var random = new SplittableRandom(seed);
        var people = List.of(ALICE, BOB, CAROL, SHOP);
        var roots = new HashMap<Long, Long>();
        var caps = new HashMap<Long, Amount>();
        var assets = new HashMap<Long, Asset>();
        var spent = new HashMap<Long, Amount>();
        int paid = 0;
        int passed = 0;
        for (int step = 0; step < 2_000; step++) {
            alice.nowMillis += random.nextInt(200);
            var standing = List.copyOf(alice.state.mandates().keySet());
            long number = standing.isEmpty() || random.nextInt(5) == 0
                    ? random.nextLong(alice.state.nextMandate() + 1)
                    : standing.get(random.nextInt(standing.size()));
            Grant named = alice.state.mandates().get(number);
            Identity who = named == null || random.nextInt(5) == 0
                    ? people.get(random.nextInt(people.size()))
                    : named.mandate().holder();
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    List<Right> rights = List.of(Right.TRANSFER);
                    Optional<Hash> receiver = random.nextInt(3) == 0 ? Optional.of(SHOP.address()) : Optional.empty();
                    var mandate = new Mandate(
                            people.get(1 + random.nextInt(3)),
                            rights,
                            receiver,
                            Amount.ofTokens(random.nextInt(20)),
                            alice.nowMillis,
                            alice.nowMillis + random.nextInt(100_000),
                            random.nextInt(4),
                            random.nextInt(3) == 0 ? GOLD : Asset.ATN);
                    if (named != null && random.nextBoolean()) {
                        // Mostly within what it is passed on from.
                        Mandate above = named.mandate();
                        mandate = new Mandate(
                                mandate.holder(),
                                rights,
                                above.receiver(),
                                Amount.ofTokens(random.nextInt(3)),
                                alice.nowMillis,
                                above.untilMillis(),
                                above.depth() - 1,
                                random.nextInt(4) == 0 ? GOLD : above.asset());
                    }
                    long given = alice.state.nextMandate();
                    long under = random.nextInt(3) == 0 ? 0 : number;
                    Identity signer = under == 0 ? people.get(random.nextInt(2)) : who;
                    if (alice.ask(signer, new AccountCommand.GrantMandate(mandate, under))
                            instanceof Decision.Accepted) {
                        assertThat(under != 0 || signer.equals(ALICE)).isTrue();
                        roots.put(given, under == 0 ? given : roots.get(under));
                        caps.put(given, mandate.cap());
                        assets.put(given, mandate.asset());
                        passed += under == 0 ? 0 : 1;
                    }
                }
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        alice.ask(who, new AccountCommand.RevokeMandate(number));
                    }
                }
                default -> {
                    Amount amount = Amount.ofTokens(random.nextInt(6));
                    Asset asset = random.nextInt(4) == 0 ? GOLD : Asset.ATN;
                    Amount before = alice.state.balance(asset);
                    Amount others = alice.state.balance(asset.isAtn() ? GOLD : Asset.ATN);
                    var act = new AccountCommand.TransferUnder(number, SHOP.address(), amount, asset);
                    if (alice.ask(who, act) instanceof Decision.Accepted) {
                        assertThat(named.mandate().holder()).isEqualTo(who);
                        assertThat(asset).as("seed " + seed).isEqualTo(assets.get(roots.get(number)));
                        assertThat(alice.state.balance(asset)).isEqualTo(before.minus(amount));
                        spent.merge(roots.get(number), amount, Amount::plus);
                        paid++;
                    } else {
                        assertThat(alice.state.balance(asset)).isEqualTo(before);
                    }
                    assertThat(alice.state.balance(asset.isAtn() ? GOLD : Asset.ATN))
                            .isEqualTo(others);
                }
            }
            spent.forEach((root, sum) ->
                    assertThat(caps.get(root).covers(sum)).as("seed " + seed).isTrue());
        }
        assertThat(paid).as("seed " + seed).isGreaterThan(5);
        assertThat(passed).as("seed " + seed).isGreaterThan(5);
    }
}

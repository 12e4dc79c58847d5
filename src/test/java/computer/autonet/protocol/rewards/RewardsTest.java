package computer.autonet.protocol.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.protocol.yuma.Fixed;
import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules REWARD-01 to REWARD-04, each by its sentence. */
class RewardsTest {
    private static Identity party(int i) {
        return new Identity(Hash.digest("party " + i));
    }

    private static SortedMap<Identity, Long> shares(Random random, int size) {
        long[] raw = new long[size];
        for (int i = 0; i < size; i++) {
            raw[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000);
        }
        var shares = new TreeMap<Identity, Long>();
        long[] normalised = Fixed.normalised(raw);
        for (int i = 0; i < size; i++) {
            shares.put(party(i), normalised[i]);
        }
        return shares;
    }

    private static Amount units(long units) {
        return new Amount(BigInteger.valueOf(units));
    }

    @Test
    void reward01ARewardIsSplitSixtyTwentyFiveTenFive() {
        var payout = Payout.of(
                Amount.ofTokens(100),
                Tables.copyOf(Map.of(party(1), Fixed.ONE)),
                Tables.copyOf(Map.of(party(2), Fixed.ONE)));
        assertThat(payout.solvers()).isEqualTo(Map.of(party(1), Amount.ofTokens(60)));
        assertThat(payout.coordinators()).isEqualTo(Map.of(party(2), Amount.ofTokens(25)));
        assertThat(payout.proposer()).isEqualTo(Amount.ofTokens(10));
        assertThat(payout.aggregator()).isEqualTo(Amount.ofTokens(5));
        assertThat(payout.remainder()).isEqualTo(Amount.ZERO);
    }

    @Test
    void reward02SharesAreRoundedDownAndMayNotExceedOne() {
        var thirds = Tables.copyOf(Map.of(party(1), Fixed.ONE / 3, party(2), Fixed.ONE / 3));
        var payout = Payout.of(units(100), thirds, Tables.empty());
        assertThat(payout.solvers()).isEqualTo(Map.of(party(1), units(19), party(2), units(19)));
        assertThatThrownBy(() ->
                        Payout.of(units(100), Tables.copyOf(Map.of(party(1), Fixed.ONE, party(2), 1L)), Tables.empty()))
                .hasMessageContaining("at most 2^32");
        assertThatThrownBy(() -> Payout.of(units(100), Tables.empty(), Tables.copyOf(Map.of(party(1), -1L))))
                .hasMessageContaining("-1");
    }

    @Test
    void reward03PartsAndRemainderAddUpToTheRewardAndRoundingLosesAlmostNothing() {
        long seed = 31;
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var reward = new Amount(new BigInteger(random.nextInt(129), random));
            var incentives = shares(random, 1 + random.nextInt(9));
            var dividends = shares(random, 1 + random.nextInt(9));
            var payout = Payout.of(reward, incentives, dividends);
            String at = "seed " + seed + ", round " + round + ", reward " + reward.units();
            assertThat(payout.total()).as(at).isEqualTo(reward);
            assertThat(reward.share(10, 100)).as(at).isEqualTo(payout.proposer());
            boolean everyoneIsThere = anyShare(incentives) && anyShare(dividends);
            if (everyoneIsThere) {
                // At most one unit of each share and of each receiver, and four of the percentages.
                BigInteger bound = reward.units().shiftRight(28).add(BigInteger.valueOf(22));
                assertThat(payout.remainder().units()).as(at).isLessThanOrEqualTo(bound);
            }
        }
    }

    private static boolean anyShare(SortedMap<Identity, Long> shares) {
        return shares.values().stream().anyMatch(share -> share > 0);
    }

    @Test
    void reward03WhatHasNoReceiverGoesBack() {
        assertThat(Payout.of(units(100), Tables.empty(), Tables.empty()).remainder())
                .isEqualTo(units(85));
    }

    @Test
    void reward04SilenceCostsOnePercentOfTheLockAndNeverMore() {
        assertThat(Silence.chargeOn(Amount.ofTokens(500))).isEqualTo(Amount.ofTokens(5));
        assertThat(Silence.chargeOn(units(199))).isEqualTo(units(1));
        assertThat(Silence.chargeOn(units(99))).isEqualTo(Amount.ZERO);
    }
}

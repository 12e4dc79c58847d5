package computer.autonet.protocol.yuma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.protocol.yuma.YumaOutcome.Decided;
import computer.autonet.protocol.yuma.YumaOutcome.Undecided;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rules YUMA-01 to YUMA-12, each by its sentence. */
class YumaEpochTest {
    private static final int[] HONEST = {65_535, 30_000, 0};

    private static YumaOutcome epoch(List<Amount> stakes, U16Matrix weights, U16Matrix bonds) {
        return YumaEpoch.compute(YumaParameters.STANDARD, stakes, weights, bonds);
    }

    private static List<Amount> tokens(long... tokens) {
        var stakes = new ArrayList<Amount>();
        for (long token : tokens) {
            stakes.add(Amount.ofTokens(token));
        }
        return stakes;
    }

    @Test
    void yuma01AProductAndAQuotientRoundTowardsZeroAndNeverWrap() {
        assertThat(Fixed.times(Fixed.ONE, Fixed.ONE)).isEqualTo(Fixed.ONE);
        assertThat(Fixed.times(1, Fixed.ONE - 1)).isZero();
        assertThat(Fixed.over(1, 3)).isEqualTo(0x55555555L);
        assertThat(Fixed.over(Fixed.ONE, Fixed.ONE)).isEqualTo(Fixed.ONE);
        assertThat(Fixed.over(5, 0)).isZero();
        assertThat(Fixed.toU16(Fixed.ONE)).isEqualTo(65_535);
        assertThatThrownBy(() -> Fixed.times(Long.MAX_VALUE, Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Fixed.over(Long.MAX_VALUE, 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Fixed.times(-1, 1)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void yuma01EveryOperationAgreesWithWideIntegers() {
        long seed = 42;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            long a = random.nextLong() >>> (1 + random.nextInt(47));
            long b = random.nextLong() >>> (1 + random.nextInt(47));
            BigInteger product =
                    BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).shiftRight(32);
            if (product.bitLength() < 64) {
                assertThat(Fixed.times(a, b)).as("seed %d, draw %d", seed, i).isEqualTo(product.longValueExact());
            }
            BigInteger quotient = b == 0
                    ? BigInteger.ZERO
                    : BigInteger.valueOf(a).shiftLeft(32).divide(BigInteger.valueOf(b));
            if (quotient.bitLength() < 64) {
                assertThat(Fixed.over(a, b)).as("seed %d, draw %d", seed, i).isEqualTo(quotient.longValueExact());
            }
        }
    }

    @Test
    void yuma02TheStandardParametersAreTheSpecifiedBits() {
        assertThat(YumaParameters.STANDARD.kappa()).isEqualTo(2_147_516_416L);
        assertThat(YumaParameters.STANDARD.kept()).isEqualTo(3_865_470_566L);
        assertThat(YumaParameters.STANDARD.alpha()).isEqualTo(429_496_730L);
    }

    @Test
    void yuma03OnlyTheRatioOfStakesMatters() {
        var weights = U16Matrix.of(3, HONEST, HONEST, new int[] {0, 0, 65_535});
        var bonds = U16Matrix.zero(3, 3);
        assertThat(epoch(tokens(500, 500, 500), weights, bonds))
                .isEqualTo(epoch(List.of(one(), one(), one()), weights, bonds));
    }

    private static Amount one() {
        return new Amount(BigInteger.ONE);
    }

    @Test
    void yuma04AndYuma06AWeightAboveWhatAMajorityBacksIsClipped() {
        var liar = new int[] {0, 0, 65_535};
        var outcome =
                (Decided) epoch(tokens(500, 500, 500), U16Matrix.of(3, HONEST, HONEST, liar), U16Matrix.zero(3, 3));
        assertThat(outcome.accepts(0)).isTrue();
        assertThat(outcome.accepts(1)).isTrue();
        assertThat(outcome.accepts(2)).isFalse();
        assertThat(outcome.incentive().get(2)).isZero();
        assertThat(outcome.dividend().get(2)).isZero();
        assertThat(outcome.consensus().get(0)).isEqualTo(Fixed.over(65_535, 95_535));
    }

    @Test
    void yuma05TheMedianNeedsMoreThanKappaOfTheStake() {
        var weights = U16Matrix.of(1, new int[] {65_535}, new int[] {0});
        var bonds = U16Matrix.zero(2, 1);
        assertThat(epoch(tokens(500, 500), weights, bonds)).isInstanceOf(Undecided.class);
        assertThat(epoch(tokens(501, 499), weights, bonds)).isInstanceOf(Decided.class);
        assertThat(WeightedMedian.of(new long[] {}, new long[] {}, 0)).isZero();
        assertThat(WeightedMedian.of(new long[] {1, 1}, new long[] {7, 9}, 2)).isEqualTo(9);
        assertThat(WeightedMedian.of(new long[] {1, 1}, new long[] {7, 9}, -1)).isEqualTo(7);
    }

    @Test
    void yuma07AndYuma10SharesAddUpToOneShortOfItOnlyByRounding() {
        long seed = 7;
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            var m = Matrices.number(random.nextLong());
            if (epoch(m.stakes(), m.weights(), m.bonds()) instanceof Decided d) {
                String at = "seed " + seed + ", round " + round;
                assertShares(at, d.incentive());
                assertShares(at, d.dividend());
                for (int j = 0; j < d.consensus().size(); j++) {
                    assertThat(d.consensus().get(j)).as(at).isBetween(0L, Fixed.ONE);
                    if (!d.accepts(j)) {
                        assertThat(d.incentive().get(j)).as(at).isZero();
                    }
                }
            }
        }
    }

    private static void assertShares(String at, List<Long> shares) {
        long sum = shares.stream().mapToLong(Long::longValue).sum();
        assertThat(sum).as(at).isBetween(Fixed.ONE - shares.size(), Fixed.ONE);
    }

    @Test
    void yuma08ANewPairStartsAtAlphaOfItsObservedBond() {
        var weights = U16Matrix.of(1, new int[] {65_535}, new int[] {65_535});
        var bonds = U16Matrix.of(1, new int[] {65_535}, new int[] {0});
        var outcome = (Decided) epoch(tokens(500, 500), weights, bonds);
        // 0.9 * 1 + 0.1 * 0.5 = 0.95 beside 0.05
        assertThat(outcome.bonds().at(0, 0)).isEqualTo(65_535);
        assertThat(outcome.bonds().at(1, 0)).isEqualTo(65_535 * 5 / 95);
    }

    @Test
    void yuma09BondsOfThoseWhoKeepAgreeingConverge() {
        var stakes = tokens(500, 500);
        var weights = U16Matrix.of(1, new int[] {65_535}, new int[] {65_535});
        var bonds = U16Matrix.of(1, new int[] {65_535}, new int[] {0});
        int before = -1;
        for (int round = 0; round < 40; round++) {
            bonds = ((Decided) epoch(stakes, weights, bonds)).bonds();
            assertThat(bonds.at(1, 0)).isGreaterThan(before);
            before = bonds.at(1, 0);
        }
        assertThat(before).isGreaterThan(60_000);
    }

    @Test
    void yuma11ZeroRankIsUndecidedAndNeverPaysByStake() {
        assertThat(epoch(tokens(500, 1_000), U16Matrix.zero(2, 3), U16Matrix.zero(2, 3)))
                .isEqualTo(new Undecided());
    }

    @Test
    void yuma12OrderOfRowsAndColumnsMovesResultsAndChangesNone() {
        long seed = 11;
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            var m = Matrices.number(random.nextLong());
            int rows = m.weights().rows();
            int columns = m.weights().columns();
            var stakes = new ArrayList<>(m.stakes());
            Collections.reverse(stakes);
            var outcome = epoch(m.stakes(), m.weights(), m.bonds());
            var turned = epoch(stakes, turned(m.weights()), turned(m.bonds()));
            if (outcome instanceof Decided a && turned instanceof Decided b) {
                for (int i = 0; i < rows; i++) {
                    assertThat(b.dividend().get(rows - 1 - i))
                            .as("seed %d, round %d", seed, round)
                            .isEqualTo(a.dividend().get(i));
                }
                for (int j = 0; j < columns; j++) {
                    assertThat(b.incentive().get(columns - 1 - j))
                            .isEqualTo(a.incentive().get(j));
                    assertThat(b.accepts(columns - 1 - j)).isEqualTo(a.accepts(j));
                }
            } else {
                assertThat(turned).as("seed %d, round %d", seed, round).isEqualTo(outcome);
            }
        }
    }

    private static U16Matrix turned(U16Matrix m) {
        int[][] cells = new int[m.rows()][m.columns()];
        for (int i = 0; i < m.rows(); i++) {
            for (int j = 0; j < m.columns(); j++) {
                cells[m.rows() - 1 - i][m.columns() - 1 - j] = m.at(i, j);
            }
        }
        return U16Matrix.of(m.columns(), cells);
    }

    @Test
    void badShapesAreRefusedByName() {
        var one = U16Matrix.zero(1, 1);
        assertThatThrownBy(() -> epoch(tokens(), U16Matrix.zero(0, 1), U16Matrix.zero(0, 1)))
                .hasMessageContaining("1 to 1024 coordinators");
        assertThatThrownBy(() -> epoch(tokens(1), one, U16Matrix.zero(1, 2))).hasMessageContaining("bonds 1x2");
        assertThatThrownBy(() -> epoch(tokens(0), one, one)).hasMessageContaining("no row has stake");
        assertThatThrownBy(() -> U16Matrix.of(1, new int[] {65_536})).hasMessageContaining("0 and 65535");
        assertThatThrownBy(() -> new YumaParameters(0, 0, YumaParameters.ZeroRank.UNDECIDED))
                .hasMessageContaining("kappa");
    }
}

package computer.autonet.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import computer.autonet.base.Amount;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules DRAW-01 to DRAW-05, each by its sentence. */
class SeededDrawTest {
    private static final Draw DRAW = new SeededDraw();

    private static Identity party(int i) {
        return new Identity(Hash.digest("party " + i));
    }

    private static Hash seed(long i) {
        return Commitment.tagged("autonet/test/1").with(i).hash();
    }

    private static SortedMap<Identity, Amount> stakes(long... tokens) {
        var stakes = new TreeMap<Identity, Amount>();
        for (int i = 0; i < tokens.length; i++) {
            stakes.put(party(i), Amount.ofTokens(tokens[i]));
        }
        return Tables.copyOf(stakes);
    }

    @Test
    void draw01WhoHasNoStakeIsNeverDrawn() {
        assertThat(DRAW.draw(seed(1), stakes(5, 0, 5), 3)).hasSize(2).doesNotContain(party(1));
        assertThat(DRAW.draw(seed(1), stakes(), 3)).isEmpty();
        assertThat(DRAW.draw(seed(1), stakes(1), 0)).isEmpty();
    }

    @Test
    void draw01TheOrderOfTheMapDoesNotMatter() {
        var reversed = new TreeMap<Identity, Amount>(Comparator.reverseOrder());
        reversed.putAll(stakes(1, 2, 3, 4, 5));
        assertThat(DRAW.draw(seed(3), reversed, 5)).isEqualTo(DRAW.draw(seed(3), stakes(1, 2, 3, 4, 5), 5));
    }

    @Test
    void draw02AndDraw04AndDraw05ADrawIsWhatTheSpecificationsPlainLoopGives() {
        long runSeed = 5;
        var random = new SplittableRandom(runSeed);
        for (int round = 0; round < 300; round++) {
            var stakes = new TreeMap<Identity, Amount>();
            int size = 1 + random.nextInt(20);
            for (int i = 0; i < size; i++) {
                var units = BigInteger.valueOf(random.nextLong() >>> (1 + random.nextInt(62)));
                stakes.put(party(random.nextInt(1_000)), new Amount(units.shiftLeft(random.nextInt(60))));
            }
            int count = random.nextInt(size + 2);
            assertThat(DRAW.draw(seed(round), stakes, count))
                    .as("seed %d, round %d", runSeed, round)
                    .isEqualTo(plainly(seed(round), stakes, count));
        }
    }

    private static List<Identity> plainly(Hash seed, SortedMap<Identity, Amount> stakes, int count) {
        var left = new TreeMap<>(stakes);
        left.values().removeIf(Amount::isZero);
        var drawn = new ArrayList<Identity>();
        BigInteger words = BigInteger.TWO.pow(256);
        long k = 0;
        while (drawn.size() < count && !left.isEmpty()) {
            BigInteger total = left.values().stream().map(Amount::units).reduce(BigInteger.ZERO, BigInteger::add);
            BigInteger x;
            do {
                byte[] counter = ByteBuffer.allocate(32).putLong(24, k++).array();
                x = new BigInteger(
                        1,
                        Hash.digest(Hash.digest("autonet/draw/1").toArray(), seed.toArray(), counter)
                                .toArray());
            } while (x.compareTo(words.subtract(words.mod(total))) >= 0);
            BigInteger point = x.mod(total);
            BigInteger sum = BigInteger.ZERO;
            for (var entry : left.entrySet()) {
                sum = sum.add(entry.getValue().units());
                if (sum.compareTo(point) > 0) {
                    drawn.add(entry.getKey());
                    break;
                }
            }
            left.remove(drawn.get(drawn.size() - 1));
        }
        return drawn;
    }

    @Test
    void draw03APlaceIsWonInProportionToStake() {
        var stakes = stakes(1, 2, 3, 4);
        int draws = 20_000;
        int[] first = new int[4];
        int[] second = new int[4];
        for (int i = 0; i < draws; i++) {
            var drawn = DRAW.draw(seed(i), stakes, 2);
            for (int p = 0; p < 4; p++) {
                first[p] += drawn.get(0).equals(party(p)) ? 1 : 0;
                second[p] += drawn.get(1).equals(party(p)) ? 1 : 0;
            }
        }
        for (int p = 0; p < 4; p++) {
            double share = (p + 1) / 10.0;
            // The chance of the second place, over who may have taken the first.
            double after = 0;
            for (int q = 0; q < 4; q++) {
                double taken = (q + 1) / 10.0;
                after += q == p ? 0 : taken * share / (1 - taken);
            }
            // Five standard deviations of a share near one half.
            double bound = 5 * 0.5 / StrictMath.sqrt(draws);
            assertThat(first[p] / (double) draws).isCloseTo(share, within(bound));
            assertThat(second[p] / (double) draws).isCloseTo(after, within(bound));
        }
    }

    @Test
    void draw03AWordInTheLastIncompleteRunOfResiduesIsRejected() {
        BigInteger bound = BigInteger.TWO.pow(255).add(BigInteger.ONE);
        var words = List.of(bound, BigInteger.TWO.pow(256).subtract(BigInteger.ONE), bound.subtract(BigInteger.ONE))
                .iterator();
        assertThat(SeededDraw.below(bound, words::next)).isEqualTo(bound.subtract(BigInteger.ONE));
        assertThat(words).isExhausted();
    }

    @Test
    void draw05AskingForAllGivesEveryPermutationEquallyOftenAtEqualStake() {
        var counts = new TreeMap<String, Integer>();
        int draws = 12_000;
        for (int i = 0; i < draws; i++) {
            var drawn = DRAW.draw(seed(i), stakes(7, 7, 7), Integer.MAX_VALUE);
            assertThat(drawn).containsExactlyInAnyOrder(party(0), party(1), party(2));
            counts.merge(drawn.toString(), 1, Integer::sum);
        }
        assertThat(counts).hasSize(6);
        // Five degrees of freedom: chi squared stays below 20.5 with probability 0.999; the seeds are fixed.
        double chi = 0;
        for (int count : counts.values()) {
            chi += (count - draws / 6.0) * (count - draws / 6.0) / (draws / 6.0);
        }
        assertThat(chi).isLessThan(20.5);
    }

    @Test
    void anotherSeedGivesAnotherDraw() {
        var stakes = stakes(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(DRAW.draw(seed(1), stakes, 16)).isNotEqualTo(DRAW.draw(seed(2), stakes, 16));
    }

    @Test
    void aNegativeCountIsRefused() {
        assertThatThrownBy(() -> DRAW.draw(seed(1), stakes(1), -1)).hasMessageContaining("ask for none or more");
    }
}

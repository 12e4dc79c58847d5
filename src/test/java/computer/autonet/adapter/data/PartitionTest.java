package computer.autonet.adapter.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import computer.autonet.adapter.data.DataException.Reason;
import computer.autonet.port.Examples;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static final Split IID = new Split.Iid();
    private static final Split UNEQUAL = new Split.Dirichlet(0.5);

    /** Every image another: its number is written into its first pixels. */
    private static DataSet numbered(int count) {
        byte[] labels = new byte[count];
        ByteBuffer pixels = ByteBuffer.allocate(count * 16);
        var random = new SplittableRandom(1);
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) random.nextInt(10);
            pixels.putInt(i * 16, i);
        }
        return new DataSet("numbered", Examples.of(4, 4, 10, 255, labels, pixels.array()), Optional.empty());
    }

    private static void count(Map<Integer, Integer> seen, Examples part) {
        float[] image = new float[16];
        for (int i = 0; i < part.count(); i++) {
            part.copyImage(i, image, 0);
            int number = 0;
            for (int b = 0; b < 4; b++) {
                number = number << 8 | Math.round(image[b] * 255);
            }
            seen.merge(number, 1, Integer::sum);
        }
    }

    /** DATA-01. */
    @Test
    void digitsGive297TestAnd600TruthAnd900SolverImages() {
        Partition partition = Partition.of(DataSets.digits(), 1);

        assertThat(partition.test().count()).isEqualTo(297);
        assertThat(partition.maxRounds()).isEqualTo(10);
        assertThat(partition.truth(0).count()).isEqualTo(60);
        assertThat(partition.central().count()).isEqualTo(900);
        assertThat(partition.shares(3, IID)).allMatch(share -> share.count() == 300);
    }

    /** DATA-01. */
    @Test
    void fashionKeepsItsOwnTestPart() {
        Partition partition = Partition.of(DataSets.fashion(), 1);

        assertThat(partition.test()).isEqualTo(DataSets.fashion().test().orElseThrow());
        assertThat(partition.maxRounds()).isEqualTo(40);
        assertThat(partition.truth(39).count()).isEqualTo(100);
        assertThat(partition.central().count()).isEqualTo(6_000);
    }

    /** DATA-01, DATA-03: test, truth of every round and all shares together hold each image exactly once. */
    @Test
    void nothingIsUsedTwiceAndNothingIsLost() {
        for (Split split : List.of(IID, UNEQUAL, new Split.Dirichlet(0.01))) {
            for (int solvers : new int[] {1, 3, 7}) {
                Partition partition = Partition.of(numbered(1797), solvers);
                Map<Integer, Integer> seen = new HashMap<>();
                count(seen, partition.test());
                for (int round = 0; round < partition.maxRounds(); round++) {
                    count(seen, partition.truth(round));
                }
                List<Examples> shares = partition.shares(solvers, split);
                shares.forEach(share -> count(seen, share));

                assertThat(seen).hasSize(1797);
                assertThat(seen.values()).containsOnly(1);
                assertThat(shares).allMatch(share -> share.count() >= 10);
            }
        }
    }

    @Test
    void theSeedDecidesAndNothingElse() {
        assertThat(Partition.of(numbered(1797), 4).shares(3, UNEQUAL))
                .isEqualTo(Partition.of(numbered(1797), 4).shares(3, UNEQUAL))
                .isNotEqualTo(Partition.of(numbered(1797), 5).shares(3, UNEQUAL));
    }

    /** DATA-03: the smaller alpha, the further a share's classes are from those of the whole. */
    @Test
    void aSmallAlphaSpreadsClassesUnequally() {
        Partition partition = Partition.of(numbered(1797), 2);

        assertThat(largestOfOneClass(partition.shares(3, new Split.Dirichlet(0.1))))
                .isGreaterThan(largestOfOneClass(partition.shares(3, new Split.Dirichlet(100))) + 0.2);
    }

    private static double largestOfOneClass(List<Examples> shares) {
        double sum = 0;
        for (int label = 0; label < 10; label++) {
            int most = 0;
            int all = 0;
            for (Examples share : shares) {
                int here = 0;
                for (int i = 0; i < share.count(); i++) {
                    here += share.label(i) == label ? 1 : 0;
                }
                most = Math.max(most, here);
                all += here;
            }
            sum += (double) most / all;
        }
        return sum / 10;
    }

    /** DATA-04. */
    @Test
    void anAdversaryLeavesTheHonestSharesIdenticalAndDrawsForItself() {
        Partition alone = Partition.of(numbered(1797), 1);
        Partition joined = Partition.of(numbered(1797), 1);
        Examples adversary = joined.adversary(0, 3);

        assertThat(joined.shares(3, UNEQUAL)).isEqualTo(alone.shares(3, UNEQUAL));
        assertThat(adversary.count()).isEqualTo(300);
        assertThat(adversary).isNotEqualTo(joined.adversary(1, 3));
        assertThat(joined.shares(3, IID)).doesNotContain(adversary);
    }

    /** DATA-02. */
    @Test
    void roundsBeyondFreshTruthAreRefusedNamingTheMaximum() {
        Partition partition = Partition.of(DataSets.digits(), 1);

        partition.checkRounds(10);
        for (int rounds : new int[] {0, 11, 1000}) {
            DataException refusal = catchThrowableOfType(DataException.class, () -> partition.checkRounds(rounds));
            assertThat(refusal.reason()).isEqualTo(Reason.ROUNDS_EXCEED_TRUTH);
            assertThat(refusal.remedy()).contains("1 to 10");
        }
        assertThatThrownBy(() -> partition.truth(10)).isInstanceOf(DataException.class);
    }

    @Test
    void whatCannotBeDividedIsRefused() {
        assertThatThrownBy(() -> Partition.of(numbered(499), 1)).hasMessageContaining("at least 500");
        Partition partition = Partition.of(DataSets.digits(), 1);
        assertThatThrownBy(() -> partition.shares(46, IID)).hasMessageContaining("1 to 45 solvers");
        assertThat(partition.shares(45, UNEQUAL)).allMatch(share -> share.count() >= 10);
    }

    @Test
    void splitsAreReadBackAndOthersRefused() {
        for (Split split : List.of(IID, UNEQUAL)) {
            assertThat(Split.parse(split.toString())).isEqualTo(split);
        }
        for (String bad :
                List.of("", "even", "dirichlet", "dirichlet:", "dirichlet:x", "dirichlet:0", "dirichlet:NaN")) {
            assertThat(catchThrowableOfType(DataException.class, () -> Split.parse(bad))
                            .reason())
                    .isEqualTo(Reason.SPLIT_INVALID);
        }
    }
}

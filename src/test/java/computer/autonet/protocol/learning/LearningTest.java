package computer.autonet.protocol.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.protocol.learning.MalformedParameters.Reason;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules LEARN-01 to LEARN-05, each by its sentence. */
class LearningTest {
    private static final AggregationRule FEDAVG = new FedAvg();

    private static Identity solver(int i) {
        return new Identity(Hash.digest("solver " + i));
    }

    private static Reason refusal(String hex) {
        return catchThrowableOfType(
                        MalformedParameters.class,
                        () -> Parameters.decode(HexFormat.of().parseHex(hex)))
                .reason();
    }

    @Test
    void learn01TheBytesAreTheSpecifiedOnesAndComeBack() {
        var parameters = Parameters.of(1.0f, -0.0f, Float.MIN_VALUE);
        assertThat(HexFormat.of().formatHex(parameters.encode()))
                .isEqualTo("41544e50" + "01000000" + "03000000" + "0000803f" + "00000080" + "01000000");
        assertThat(Parameters.decode(parameters.encode())).isEqualTo(parameters);
        assertThat(parameters.id().hash()).isEqualTo(Hash.digest(parameters.encode()));
        assertThat(parameters).isNotEqualTo(Parameters.of(1.0f, 0.0f, Float.MIN_VALUE));
    }

    @Test
    void learn01WhateverDecodesEncodesToTheSameBytes() {
        long seed = 21;
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            var parameters = Parameters.of(random(random, random.nextInt(40)));
            byte[] bytes = parameters.encode();
            assertThat(Parameters.decode(bytes).encode())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(bytes);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(Parameters.decode(bytes).encode())
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(bytes);
            } catch (MalformedParameters refused) {
                assertThat(refused.reason()).isNotNull();
            }
        }
    }

    private static float[] random(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            values[i] = Float.isFinite(value) ? value : 1;
        }
        return values;
    }

    @Test
    void learn02OtherBytesAreRefusedByReason() {
        assertThat(refusal("")).isEqualTo(Reason.LENGTH);
        assertThat(refusal("41544e5100000000" + "00000000")).isEqualTo(Reason.MAGIC);
        assertThat(refusal("41544e50" + "02000000" + "00000000")).isEqualTo(Reason.VERSION);
        assertThat(refusal("41544e50" + "01000000" + "01000000")).isEqualTo(Reason.LENGTH);
        assertThat(refusal("41544e50" + "01000000" + "00000000" + "00")).isEqualTo(Reason.LENGTH);
        assertThat(refusal("41544e50" + "01000000" + "ffffffff")).isEqualTo(Reason.TOO_MANY);
        assertThat(refusal("41544e50" + "01000000" + "01000000" + "0000c07f")).isEqualTo(Reason.NOT_FINITE);
        assertThat(refusal("41544e50" + "01000000" + "01000000" + "000080ff")).isEqualTo(Reason.NOT_FINITE);
        assertThatThrownBy(() -> Parameters.of(Float.NaN)).hasMessageContaining("smaller learning rate");
    }

    @Test
    void learn03TheMeanIsRoundedOnceAndTheOrderOfArrivalDoesNotMatter() {
        long seed = 22;
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            var forwards = new TreeMap<Identity, Parameters>();
            var backwards = new TreeMap<Identity, Parameters>(Comparator.reverseOrder());
            int count = 1 + random.nextInt(30);
            int solvers = 1 + random.nextInt(9);
            for (int s = 0; s < solvers; s++) {
                forwards.put(solver(s), Parameters.of(random(random, count)));
            }
            backwards.putAll(forwards);
            var base = Parameters.of(new float[count]);
            assertThat(FEDAVG.aggregate(base, backwards))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(FEDAVG.aggregate(base, forwards));
        }
    }

    @Test
    void learn03TheSumIsTakenInFloat64() {
        var updates = new TreeMap<>(Map.of(
                solver(1), Parameters.of(16_777_216f),
                solver(2), Parameters.of(1f),
                solver(3), Parameters.of(1f)));
        float mean = FEDAVG.aggregate(Parameters.of(0f), updates).at(0);
        assertThat(mean).isEqualTo(5_592_406f);
        assertThat(mean).isNotEqualTo((16_777_216f + 1f + 1f) / 3f);
        var largest = new TreeMap<>(
                Map.of(solver(1), Parameters.of(Float.MAX_VALUE), solver(2), Parameters.of(Float.MAX_VALUE)));
        assertThat(FEDAVG.aggregate(Parameters.of(0f), largest).at(0)).isEqualTo(Float.MAX_VALUE);
    }

    @Test
    void learn03TheSameUpdatesGiveTheSameIdEverywhere() {
        var random = new SplittableRandom(23);
        var updates = new TreeMap<Identity, Parameters>();
        for (int s = 0; s < 5; s++) {
            float[] values = new float[1_000];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextDouble() - 0.5);
            }
            updates.put(solver(s), Parameters.of(values));
        }
        assertThat(FEDAVG.aggregate(Parameters.of(new float[1_000]), updates)
                        .id()
                        .toString())
                .isEqualTo("6fff33b16fbad8cdfeec41734fc499d788c96ead7a804829db8fff675409fb6d");
    }

    @Test
    void learn04NoUpdateLeavesTheBaseAndAnotherSizeIsRefused() {
        var base = Parameters.of(1f, 2f);
        assertThat(FEDAVG.aggregate(base, Tables.empty())).isEqualTo(base);
        assertThatThrownBy(() -> FEDAVG.aggregate(base, Tables.copyOf(Map.of(solver(1), Parameters.of(1f)))))
                .hasMessageContaining("train the recipe's model");
        assertThat(FEDAVG.name()).isEqualTo("fedavg");
    }

    @Test
    void learn05WithoutASolverIsTheAverageOfTheOthers() {
        var base = Parameters.of(9f);
        var updates = Tables.copyOf(Map.of(solver(1), Parameters.of(1f), solver(2), Parameters.of(3f)));
        assertThat(FEDAVG.without(solver(1), base, updates)).isEqualTo(Parameters.of(3f));
        assertThat(FEDAVG.without(solver(1), base, Tables.without(updates, solver(2))))
                .isEqualTo(base);
        assertThat(FEDAVG.without(solver(3), base, updates)).isEqualTo(Parameters.of(2f));
    }
}

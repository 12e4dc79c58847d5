package computer.autonet.protocol.yuma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import computer.autonet.base.Amount;
import computer.autonet.protocol.yuma.YumaOutcome.Decided;
import computer.autonet.protocol.yuma.YumaParameters.ZeroRank;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Yuma2 as its authors' own tests have it. The masks of their network stand here, not in the rule. */
class UpstreamVectorsTest {
    private static final Path VECTORS = Path.of("../shared/vectors");
    private static final long POOL = 1_000_000_000L;

    private static JsonNode read(String name) throws IOException {
        Path file = VECTORS.resolve(name);
        assumeTrue(Files.exists(file), file + " is absent: the published Yuma vectors are not checked");
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void everyYuma2EpochOfTheVectorsIsReproducedExactly() throws IOException {
        int steps = 0;
        for (JsonNode testCase : read("yuma_epoch.json").get("cases")) {
            JsonNode params = testCase.get("params");
            if (params.get("yuma3").asBoolean()) {
                continue;
            }
            var parameters = upstream(params);
            int n = testCase.get("n").asInt();
            U16Matrix bonds = U16Matrix.zero(n, n);
            for (JsonNode step : testCase.get("steps")) {
                String at = testCase.get("name").asText() + ", step " + step.get("step");
                bonds = checkStep(at, parameters, n, bonds, step);
                steps++;
            }
        }
        assertThat(steps).isEqualTo(17);
    }

    private static U16Matrix checkStep(String at, YumaParameters parameters, int n, U16Matrix bonds, JsonNode step) {
        JsonNode inputs = step.get("inputs");
        JsonNode oracle = step.get("oracle");
        long[] stakes = YumaEpoch.shares(amounts(inputs.get("stakes"), 1));
        long[] masked = stakes.clone();
        for (int i = 0; i < n; i++) {
            if (!flag(inputs, "active", i) || !flag(inputs, "permit", i)) {
                masked[i] = 0;
            }
        }
        long[] active = Fixed.normalised(masked);
        var outcome = (Decided) YumaEpoch.decide(parameters, active, masked(inputs, n), bonds);

        assertThat(u16(outcome.consensus())).as(at).isEqualTo(ints(oracle.get("consensus_u16")));
        assertThat(u16(outcome.incentive())).as(at).isEqualTo(ints(oracle.get("incentive_u16")));
        assertClose(at, outcome.consensus(), oracle.get("consensus"), 1e-10);
        assertClose(at, outcome.incentive(), oracle.get("incentive"), 1e-10);
        boolean ranked = outcome.incentive().stream().anyMatch(x -> x > 0);
        if (ranked) {
            assertThat(u16(outcome.dividend())).as(at).isEqualTo(ints(oracle.get("dividends_u16")));
            assertClose(at, outcome.dividend(), oracle.get("dividends"), 1e-10);
        }
        long[] dividends = longs(outcome.dividend());
        long[] paid = Fixed.sum(dividends) == 0 ? stakes : dividends;
        long[] earned = longs(outcome.incentive());
        long total = Fixed.sum(paid) + Fixed.sum(earned);
        long[] combined = new long[n];
        for (int i = 0; i < n; i++) {
            combined[i] = paid[i] + earned[i];
        }
        long validators = ranked ? total : Fixed.ONE;
        assertThat(emission(paid, validators)).as(at).isEqualTo(ints(oracle.get("validator_emission")));
        assertThat(emission(earned, total)).as(at).isEqualTo(ints(oracle.get("server_emission")));
        assertThat(emission(combined, validators)).as(at).isEqualTo(ints(oracle.get("emission")));
        assertThat(outcome.bonds()).as(at).isEqualTo(matrix(oracle.get("bonds_u16_after"), n));
        return outcome.bonds();
    }

    @Test
    void everyScenarioFollowsTheOracleOverAllEpochs() throws IOException {
        JsonNode vectors = read("yuma_scenarios.json");
        var parameters = upstream(vectors.get("rules").get("yuma2_ema10_beta1"));
        for (JsonNode scenario : vectors.get("cases")) {
            JsonNode expected = scenario.get("results").get("yuma2_ema10_beta1");
            int servers = scenario.get("servers").asInt();
            int validators = scenario.get("stakes").get(0).size();
            U16Matrix bonds = U16Matrix.zero(validators, servers);
            for (int epoch = 0; epoch < scenario.get("epochs").asInt(); epoch++) {
                String at = scenario.get("name").asText() + ", epoch " + epoch;
                U16Matrix weights = upscaled(scenario.get("weights").get(epoch), servers);
                var stakes = amounts(scenario.get("stakes").get(epoch), 1_000_000);
                var outcome = (Decided) YumaEpoch.compute(parameters, stakes, weights, bonds);
                bonds = permitted(stakes, outcome.bonds());
                assertClose(at, outcome.dividend(), expected.get("dividends").get(epoch), 1e-6);
                assertClose(at, outcome.incentive(), expected.get("incentive").get(epoch), 1e-6);
                for (int i = 0; i < validators; i++) {
                    assertThat(boxed(bonds.row(i)))
                            .as(at)
                            .isEqualTo(ints(expected.get("bonds_u16").get(epoch).get(i)));
                }
            }
        }
    }

    @Test
    void everyWeightedMedianOfTheVectorsIsReproducedExactly() throws IOException {
        JsonNode vectors = read("yuma_weighted_median.json");
        for (JsonNode c : vectors.get("vector_cases")) {
            long median = WeightedMedian.of(
                    floats(c.get("stake")), floats(c.get("score")), Fixed.ONE - fixed(c.get("majority")));
            assertThat(median).as(c.toString()).isEqualTo(fixed(c.get("expected")));
        }
        for (JsonNode c : vectors.get("column_cases")) {
            long[][] rows = new long[c.get("weights").size()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = floats(c.get("weights").get(i));
            }
            long[] medians = WeightedMedian.ofColumns(
                    floats(c.get("stake")), rows, c.get("expected").size(), fixed(c.get("majority")));
            assertThat(medians).as(c.toString()).isEqualTo(floats(c.get("expected")));
        }
    }

    /** Upstream takes the permit, and with it the bonds, from a validator without stake. */
    private static U16Matrix permitted(List<Amount> stakes, U16Matrix bonds) {
        int[][] rows = new int[bonds.rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = stakes.get(i).isZero() ? new int[bonds.columns()] : bonds.row(i);
        }
        return U16Matrix.of(bonds.columns(), rows);
    }

    private static YumaParameters upstream(JsonNode params) {
        return new YumaParameters(
                params.get("kappa_u16").asInt(), params.get("bonds_ma_ppm").asInt(), ZeroRank.PAY_BY_STAKE);
    }

    /** Without self-weights, without what was set before the solver registered, without rows that have no permit. */
    private static U16Matrix masked(JsonNode inputs, int n) {
        U16Matrix given = matrix(inputs.get("weights_u16"), n);
        int[][] cells = new int[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean outdated = inputs.has("last_update")
                        && inputs.get("last_update").get(i).asLong()
                                <= inputs.get("registered_at").get(j).asLong();
                cells[i][j] = i == j || outdated || !flag(inputs, "permit", i) ? 0 : given.at(i, j);
            }
        }
        return U16Matrix.of(n, cells);
    }

    private static boolean flag(JsonNode inputs, String name, int i) {
        return !inputs.has(name) || inputs.get(name).get(i).asBoolean();
    }

    private static U16Matrix matrix(JsonNode rows, int n) {
        int[][] cells = new int[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                JsonNode cell = rows.get(i).get(Integer.toString(j));
                cells[i][j] = cell == null ? 0 : cell.asInt();
            }
        }
        return U16Matrix.of(n, cells);
    }

    private static U16Matrix upscaled(JsonNode rows, int columns) {
        int[][] cells = new int[rows.size()][columns];
        for (int i = 0; i < rows.size(); i++) {
            double largest = 0;
            for (JsonNode w : rows.get(i)) {
                largest = Math.max(largest, w.asDouble());
            }
            for (int j = 0; j < columns; j++) {
                double w = rows.get(i).get(j).asDouble();
                cells[i][j] = largest == 0 ? 0 : (int) Math.round(w / largest * 65_535);
            }
        }
        return U16Matrix.of(columns, cells);
    }

    private static List<Amount> amounts(JsonNode numbers, long scale) {
        var amounts = new ArrayList<Amount>();
        for (JsonNode number : numbers) {
            amounts.add(new Amount(BigInteger.valueOf(Math.round(number.asDouble() * scale))));
        }
        return amounts;
    }

    private static List<Long> emission(long[] shares, long total) {
        var paid = new ArrayList<Long>();
        for (long share : shares) {
            paid.add((Fixed.over(share, total) * POOL) >> 32);
        }
        return paid;
    }

    private static void assertClose(String at, List<Long> bits, JsonNode expected, double tolerance) {
        for (int i = 0; i < bits.size(); i++) {
            assertThat(bits.get(i) / (double) Fixed.ONE)
                    .as(at + ", position " + i)
                    .isCloseTo(expected.get(i).asDouble(), within(tolerance));
        }
    }

    private static List<Long> u16(List<Long> proportions) {
        return proportions.stream().map(p -> (long) Fixed.toU16(p)).toList();
    }

    private static List<Long> ints(JsonNode numbers) {
        var list = new ArrayList<Long>();
        numbers.forEach(number -> list.add(number.asLong()));
        return list;
    }

    private static List<Long> boxed(int[] row) {
        var list = new ArrayList<Long>();
        for (int cell : row) {
            list.add((long) cell);
        }
        return list;
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static long[] floats(JsonNode numbers) {
        long[] bits = new long[numbers.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = fixed(numbers.get(i));
        }
        return bits;
    }

    /** A number as upstream's tests write it: float32, then Q32.32. */
    private static long fixed(JsonNode number) {
        return (long) ((double) (float) number.asDouble() * Fixed.ONE);
    }
}

package computer.autonet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table that ends a demo for people, line by line. */
class SummaryTest {
    private static DemoResult.Participant participant(String id, String behaviour, String earned, String slashed) {
        return new DemoResult.Participant(
                id,
                "a".repeat(64),
                id.replaceFirst("-.*", ""),
                behaviour,
                new BigDecimal(earned),
                new BigDecimal(slashed));
    }

    private static DemoResult result() {
        List<DemoResult.Round> rounds = IntStream.rangeClosed(1, 6)
                .mapToObj(round -> new DemoResult.Round(
                        round, 1, 0.90 + round / 100.0, 0.3, 3, 1, 0, "model" + round, 1_000, 2_000))
                .toList();
        return new DemoResult(
                rounds,
                0.96,
                0.965,
                List.of(
                        participant("proposer-1", "honest", "600", "0"),
                        participant("solver-4", "silent", "12.34567", "100.5")),
                new DemoResult.Ledger(new BigDecimal("1012345.5"), new BigDecimal("1012345.5")),
                new DemoResult.Log(31, 120, 456, "demo folder/export-1"),
                "project:" + "b".repeat(64),
                "c".repeat(64),
                12.34);
    }

    @Test
    void itTellsAccuraciesParticipantsMoneyLogAndHowToCheckAndUseThem() {
        var bytes = new ByteArrayOutputStream();
        new Summary(new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .print(result(), "autonet demo --data-dir 'demo folder'", "my images");
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "",
                        "accuracy    1:  91.00%   2:  92.00%   3:  93.00%   4:  94.00%   5:  95.00%",
                        "            6:  96.00%",
                        "final     96.00%",
                        "central   96.50%  (trained in one place, on all solvers' data, with the same number of steps)",
                        "",
                        "participant      behaviour    earned ATN  slashed ATN      net ATN",
                        "proposer-1       honest         600.0000       0.0000     600.0000",
                        "solver-4         silent          12.3457     100.5000     -88.1543",
                        "",
                        "published model  model6",
                        "ledger           issued 1012345.5 ATN = held 1012345.5 ATN",
                        "log              31 processes, 120 messages, 456 entries; replayed and found right",
                        "time             12.3 s",
                        "",
                        "check the log    autonet verify 'demo folder/export-1'",
                        "query the model  autonet demo --data-dir 'demo folder' --serve --gateway-port 9090",
                        "                 autonet infer --gateway 127.0.0.1:9090 --project " + "b".repeat(64)
                                + " --input 'my images':0-9");
    }
}

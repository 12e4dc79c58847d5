package computer.autonet.protocol.yuma;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Hash;
import computer.autonet.protocol.yuma.YumaOutcome.Decided;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The 10,000 matrices whose results every implementation of the epoch must share (docs/spec/yuma.md). */
class SharedDigestsTest {
    private static final int DIGESTS = 100;
    private static final int PER_DIGEST = 100;

    @Test
    void tenThousandMatricesGiveTheCommittedDigests() throws IOException {
        List<String> digests = new ArrayList<>();
        int undecided = 0;
        for (int m = 0; m < DIGESTS; m++) {
            var results = new ByteArrayOutputStream();
            for (int k = m * PER_DIGEST; k < (m + 1) * PER_DIGEST; k++) {
                var matrix = Matrices.number(k);
                var outcome =
                        YumaEpoch.compute(YumaParameters.STANDARD, matrix.stakes(), matrix.weights(), matrix.bonds());
                undecided += outcome instanceof Decided ? 0 : 1;
                write(outcome, results);
            }
            digests.add(Hash.digest(results.toByteArray()).toHex());
        }
        assertThat(undecided).as("both outcomes are common among the matrices").isBetween(500, 5_000);
        assertThat(String.join("\n", digests) + "\n").isEqualTo(committed());
    }

    private static void write(YumaOutcome outcome, ByteArrayOutputStream results) {
        try (var out = new DataOutputStream(results)) {
            if (outcome instanceof Decided decided) {
                out.writeByte(1);
                for (List<Long> vector : List.of(decided.consensus(), decided.incentive(), decided.dividend())) {
                    for (long bits : vector) {
                        out.writeLong(bits);
                    }
                }
                for (int i = 0; i < decided.bonds().rows(); i++) {
                    for (int bond : decided.bonds().row(i)) {
                        out.writeShort(bond);
                    }
                }
            } else {
                out.writeByte(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String committed() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                SharedDigestsTest.class.getResourceAsStream("/yuma/digests.txt"), "yuma/digests.txt is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}

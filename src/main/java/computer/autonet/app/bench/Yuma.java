package computer.autonet.app.bench;

import computer.autonet.base.Amount;
import computer.autonet.protocol.yuma.U16Matrix;
import computer.autonet.protocol.yuma.YumaEpoch;
import computer.autonet.protocol.yuma.YumaOutcome;
import computer.autonet.protocol.yuma.YumaParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Epochs of 256 coordinators and 1,024 solvers. */
final class Yuma implements Measurement {
    private static final int ROWS = 256;
    private static final int COLUMNS = 1_024;
    private static final int LARGEST = 65_535;

    @Override
    public String name() {
        return "yuma";
    }

    @Override
    public SortedMap<String, Object> measure(Path scratch, int seconds) {
        var random = new SplittableRandom(1);
        List<Amount> stakes = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            stakes.add(Amount.ofTokens(500 + random.nextInt(10_000)));
        }
        U16Matrix weights = matrix(random);
        U16Matrix bonds = matrix(random);
        double perSecond = Pace.perSecond(
                () -> {
                    if (!(YumaEpoch.compute(YumaParameters.STANDARD, stakes, weights, bonds)
                            instanceof YumaOutcome.Decided)) {
                        throw new IllegalStateException("an epoch with weights is undecided");
                    }
                },
                seconds);
        var figures = new TreeMap<String, Object>();
        figures.put("rows", ROWS);
        figures.put("columns", COLUMNS);
        figures.put("epochMillis", 1_000 / perSecond);
        return figures;
    }

    private static U16Matrix matrix(SplittableRandom random) {
        int[][] rows = new int[ROWS][COLUMNS];
        for (int[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextInt(LARGEST);
            }
            row[random.nextInt(row.length)] = LARGEST;
        }
        return U16Matrix.of(COLUMNS, rows);
    }
}

package computer.autonet.app.bench;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.protocol.learning.FedAvg;
import computer.autonet.protocol.learning.Parameters;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** FedAvg over eight updates of four million parameters: bytes of updates per second, on one thread. */
final class Averaging implements Measurement {
    private static final int UPDATES = 8;
    private static final int PARAMETERS = 4_000_000;

    @Override
    public String name() {
        return "fedavg";
    }

    @Override
    public SortedMap<String, Object> measure(Path scratch, int seconds) {
        var random = new SplittableRandom(1);
        Parameters base = parameters(random);
        SortedMap<Identity, Parameters> updates = new TreeMap<>();
        for (int i = 0; i < UPDATES; i++) {
            updates.put(new Identity(Hash.digest("bench solver " + i)), parameters(random));
        }
        var rule = new FedAvg();
        double perSecond = Pace.perSecond(
                () -> {
                    if (rule.aggregate(base, updates).count() != PARAMETERS) {
                        throw new IllegalStateException("an average has another size than its updates");
                    }
                },
                seconds);
        var figures = new TreeMap<String, Object>();
        figures.put("updates", UPDATES);
        figures.put("parameters", PARAMETERS);
        figures.put("gigabytesPerSecond", perSecond * UPDATES * PARAMETERS * Float.BYTES / 1e9);
        return figures;
    }

    private static Parameters parameters(SplittableRandom random) {
        float[] values = new float[PARAMETERS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Parameters.of(values);
    }
}

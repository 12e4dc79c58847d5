package computer.autonet.app.bench;

import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.app.demo.DemoResult;
import computer.autonet.app.demo.DemoRun;
import computer.autonet.port.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The demo's loop: with its training, and with training removed. The first two rounds are the warm-up. */
final class Rounds implements Measurement {
    private static final int WARM_UP = 2;
    private static final int ALL = 10;
    private static final double MILLIS_PER_MINUTE = 60_000;

    private final boolean training;

    Rounds(boolean training) {
        this.training = training;
    }

    @Override
    public String name() {
        return training ? "overhead" : "rounds";
    }

    @Override
    public SortedMap<String, Object> measure(Path scratch, int seconds) throws IOException, InterruptedException {
        Trainer trainer = training ? new PyTorchTrainer(PyTorchTrainer.defaultCache()) : new NoTraining();
        var timed = new TimedTrainer(trainer);
        List<DemoResult.Round> rounds = DemoRun.rounds(scratch.resolve("demo"), ALL, timed);
        long from = rounds.get(WARM_UP).openedMillis();
        long to = rounds.get(ALL - 1).publishedMillis();
        int measured = ALL - WARM_UP;
        var figures = new TreeMap<String, Object>();
        figures.put("rounds", measured);
        figures.put("roundsPerMinute", measured * MILLIS_PER_MINUTE / (to - from));
        if (training) {
            long busy = timed.busyMillis(from, to);
            figures.put("trainingMillisPerRound", (double) busy / measured);
            figures.put("roundMillis", (double) (to - from) / measured);
            figures.put("overhead", (double) (to - from - busy) / busy);
        }
        return figures;
    }
}

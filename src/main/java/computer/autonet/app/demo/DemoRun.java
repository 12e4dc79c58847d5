package computer.autonet.app.demo;

import computer.autonet.port.Trainer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The demo without a screen, for measurements. */
public final class DemoRun {
    private DemoRun() {}

    /** The rounds of a default demo of that length, by that trainer. */
    public static List<DemoResult.Round> rounds(Path dataDir, int rounds, Trainer trainer)
            throws IOException, InterruptedException {
        var options = new DemoOptions();
        options.rounds = rounds;
        options.dataDir = dataDir;
        var screen = new Screen(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
        List<DemoResult.Round> published = new ArrayList<>();
        new Demo(options, screen, trainer).run(result -> published.addAll(result.rounds()));
        return published;
    }
}

package computer.autonet.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./autonet demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs one node with every role and trains a model on real data in front of you.",
        footer = {
            "",
            "Examples:",
            "  ./autonet demo",
            "  ./autonet demo --adversary solver:random --adversary coordinator:liar",
            "  ./autonet demo --dataset fashion --model cnn --rounds 20 --json"
        })
public final class DemoCommand implements Callable<Integer> {
    @Mixin
    private final DemoOptions options = new DemoOptions();

    @Override
    public Integer call() throws Exception {
        options.check();
        boolean live = Boolean.getBoolean("autonet.terminal");
        PrintStream out = options.json ? System.err : System.out;
        var screen = new Screen(out, live);
        DemoResult result = new Demo(options, screen).run();
        if (options.json) {
            System.out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(result));
        } else {
            table(out, result);
        }
        return 0;
    }

    private static void table(PrintStream out, DemoResult result) {
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "final accuracy %.2f%%, central training with the same number of steps %.2f%%",
                100 * result.finalAccuracy(),
                100 * result.centralAccuracy()));
        out.println();
        out.println(String.format(
                Locale.ROOT, "%-16s %-10s %14s %12s", "participant", "behaviour", "earned ATN", "slashed ATN"));
        for (DemoResult.Participant p : result.participants()) {
            out.println(String.format(
                    Locale.ROOT, "%-16s %-10s %14.4f %12.4f", p.id(), p.behaviour(), p.earned(), p.slashed()));
        }
        String model = result.rounds().get(result.rounds().size() - 1).model();
        out.println();
        out.println("published model  " + model);
        out.println(String.format(
                Locale.ROOT,
                "ledger           issued %s ATN, held %s ATN",
                result.ledger().issued().toPlainString(),
                result.ledger().held().toPlainString()));
        out.println(String.format(
                Locale.ROOT,
                "log              %d processes, %d messages, %d entries, verified",
                result.log().processes(),
                result.log().messages(),
                result.log().entries()));
        out.println(String.format(Locale.ROOT, "time             %.1f s", result.seconds()));
        out.println();
        out.println("check the log    ./autonet verify " + result.log().path());
        out.println("query the model  ./autonet demo --serve --gateway-port 9090 --data-dir "
                + java.nio.file.Path.of(result.log().path()).getParent());
        out.println("                 ./autonet infer --project " + result.project() + " --help");
    }
}

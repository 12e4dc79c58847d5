package computer.autonet.app.demo;

import computer.autonet.cli.Program;
import java.io.PrintStream;
import java.util.Locale;

/** The table that ends a demo for people. */
final class Summary {
    private static final int ROUNDS_PER_LINE = 5;

    private final PrintStream out;

    Summary(PrintStream out) {
        this.out = out;
    }

    /** @param again the command that starts a node in this demo's folder */
    void print(DemoResult result, String again, String dataset) {
        accuracies(result);
        participants(result);
        String model = result.rounds().get(result.rounds().size() - 1).model();
        line("");
        line("published model  %s", model);
        line(
                "ledger           issued %s ATN = held %s ATN",
                result.ledger().issued().toPlainString(), result.ledger().held().toPlainString());
        line(
                "log              %d processes, %d messages, %d entries; replayed and found right",
                result.log().processes(), result.log().messages(), result.log().entries());
        line("time             %.1f s", result.seconds());
        line("");
        line(
                "check the log    %s verify %s",
                Program.called(), Program.word(result.log().path()));
        line("query the model  %s --serve --gateway-port 9090", again);
        line(
                "                 %s infer --gateway 127.0.0.1:9090 --project %s --input %s:0-9",
                Program.called(), bare(result.project()), Program.word(dataset));
        out.flush();
    }

    private void accuracies(DemoResult result) {
        line("");
        var row = new StringBuilder("accuracy ");
        for (DemoResult.Round round : result.rounds()) {
            if (round.round() > 1 && round.round() % ROUNDS_PER_LINE == 1) {
                line("%s", row);
                row = new StringBuilder("         ");
            }
            row.append(String.format(Locale.ROOT, " %3d: %6.2f%%", round.round(), 100 * round.accuracy()));
        }
        line("%s", row);
        line("final     %.2f%%", 100 * result.finalAccuracy());
        line(
                "central   %.2f%%  (trained in one place, on all solvers' data, with the same number of steps)",
                100 * result.centralAccuracy());
    }

    private void participants(DemoResult result) {
        line("");
        line("%-16s %-10s %12s %12s %12s", "participant", "behaviour", "earned ATN", "slashed ATN", "net ATN");
        for (DemoResult.Participant p : result.participants()) {
            line(
                    "%-16s %-10s %12.4f %12.4f %12.4f",
                    p.id(), p.behaviour(), p.earned(), p.slashed(), p.earned().subtract(p.slashed()));
        }
    }

    private static String bare(String process) {
        return process.substring(process.indexOf(':') + 1);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}

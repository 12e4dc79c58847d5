package computer.autonet.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How results are written (CLI-01): stdout is the result, stderr is everything else. */
@Topic(HelpLayout.LAST)
public final class OutputOptions {
    @Option(names = "--json", description = "Write the result as JSON.")
    boolean json;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command = CommandSpec.create();

    public void print(Report report) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(report.json());
        } else {
            out.print(report.text());
        }
        out.flush();
    }

    /** Whether the result is JSON. */
    public boolean json() {
        return json;
    }

    /** One line of a stream: a report per line in JSON. */
    public void line(String text, Report report) {
        PrintWriter out = command.commandLine().getOut();
        out.println(json ? report.json() : text);
        out.flush();
    }

    /** Nobody reads what is written any more, as behind {@code | head}. */
    boolean unread() {
        return command.commandLine().getOut().checkError();
    }

    void raw(String text) {
        PrintWriter out = command.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    public void progress(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}

package computer.autonet.app;

import computer.autonet.base.ProcessId;
import computer.autonet.protocol.project.RoundSummary;
import java.io.PrintStream;

/** What a node or a worker says about its projects: a line when something happens that a person waits for. */
record Console(PrintStream out) implements Work.Listener {
    @Override
    public void joined(ProcessId project, String name) {
        say("works for  " + project + " '" + name + "'");
    }

    @Override
    public void ended(ProcessId project, RoundSummary round) {
        String outcome = round.voided().isPresent()
                ? "void: " + round.voided().get()
                : round.accepted().size() + " accepted, " + round.rejected().size() + " rejected, model "
                        + round.model().orElseThrow();
        say("round " + round.round() + "    " + project.hash().brief() + " " + outcome);
    }

    @Override
    public void stopped(ProcessId project, String why) {
        say((why.isEmpty() ? "complete   " : "paused     ") + project.hash().brief() + " " + why);
    }

    @Override
    public void failed(ProcessId project, Throwable cause) {
        say("cannot     work for " + project.hash().brief() + ": " + cause.getMessage());
    }

    private void say(String line) {
        out.println(line.stripTrailing());
        out.flush();
    }
}

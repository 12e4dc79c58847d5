package computer.autonet.app;

import computer.autonet.base.ProcessId;
import computer.autonet.cli.OutputOptions;
import computer.autonet.cli.Report;
import computer.autonet.protocol.project.RoundSummary;
import java.util.function.UnaryOperator;

/** What a node or a worker says while it runs: a line, or a JSON object, when something happens that a person waits for. */
record Console(OutputOptions output) implements Work.Listener {
    @Override
    public void joined(ProcessId project, String name) {
        say(
                "works for",
                project + " '" + name + "'",
                event -> event.with("project", project).with("name", name));
    }

    @Override
    public void ended(ProcessId project, RoundSummary round) {
        String outcome = round.voided().isPresent()
                ? "void: " + round.voided().get()
                : round.accepted().size() + " accepted, " + round.rejected().size() + " rejected, model "
                        + round.model().orElseThrow();
        say(
                "round " + round.round(),
                project.hash().brief() + " " + outcome,
                "round",
                event -> event.with("project", project)
                        .with("round", round.round())
                        .with("accepted", round.accepted().size())
                        .with("rejected", round.rejected().size())
                        .with("silent", round.silent().size())
                        .with("void", round.voided())
                        .with("model", round.model()));
    }

    @Override
    public void stopped(ProcessId project, String why) {
        if (why.isEmpty()) {
            say("complete", project.hash().brief(), event -> event.with("project", project));
        } else {
            say(
                    "paused",
                    project.hash().brief() + " " + why + "; when that is mended its owner goes on with project resume,"
                            + " else ends it with project close",
                    event -> event.with("project", project).with("why", why));
        }
    }

    @Override
    public void failed(ProcessId project, Throwable cause) {
        String why = String.valueOf(cause.getMessage());
        say(
                "cannot",
                "work for " + project.hash().brief() + ": " + why,
                event -> event.with("project", project).with("why", why));
    }

    @Override
    public void waiting(ProcessId project, String why) {
        say(
                "waits for",
                project + ": " + why,
                event -> event.with("project", project).with("why", why));
    }

    /** @param fields what JSON says besides the event's name, which is {@code word} */
    void say(String word, String text, UnaryOperator<Report> fields) {
        say(word, text, word, fields);
    }

    private void say(String word, String text, String event, UnaryOperator<Report> fields) {
        output.line(
                String.format("%-10s %s", word, text).stripTrailing(), fields.apply(new Report().with("event", event)));
    }
}

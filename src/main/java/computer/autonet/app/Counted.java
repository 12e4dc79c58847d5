package computer.autonet.app;

import computer.autonet.adapter.metrics.Metrics;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.project.RoundSummary;

/** Counts the rounds and projects that another listener hears of, too. */
record Counted(Metrics metrics, Work.Listener next) implements Work.Listener {
    @Override
    public void joined(ProcessId project, String name) {
        metrics.count("autonet.projects", "outcome", "joined");
        next.joined(project, name);
    }

    @Override
    public void ended(ProcessId project, RoundSummary round) {
        metrics.count("autonet.rounds", "outcome", round.voided().isPresent() ? "void" : "published");
        next.ended(project, round);
    }

    @Override
    public void stopped(ProcessId project, String why) {
        metrics.count("autonet.projects", "outcome", why.isEmpty() ? "complete" : "paused");
        next.stopped(project, why);
    }

    @Override
    public void failed(ProcessId project, Throwable cause) {
        metrics.count("autonet.projects", "outcome", "failed");
        next.failed(project, cause);
    }

    @Override
    public void waiting(ProcessId project, String why) {
        next.waiting(project, why);
    }
}

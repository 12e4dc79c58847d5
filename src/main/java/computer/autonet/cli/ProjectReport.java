package computer.autonet.cli;

import computer.autonet.base.Amount;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import java.util.ArrayList;
import java.util.List;

/** A project as people read it. */
final class ProjectReport {
    private ProjectReport() {}

    static Report of(ProcessId id, ProjectState.Founded state, Amount escrow) {
        var terms = state.terms();
        var recipe = terms.recipe();
        List<Report> members = new ArrayList<>();
        state.roster()
                .forEach((key, member) -> members.add(new Report()
                        .with("role", key.role().label())
                        .with("identity", key.identity())
                        .with("stake", member.stake())
                        .with("earned", member.earned())
                        .with("charged", member.charged())
                        .with("leaving", member.leaving())));
        return new Report()
                .with("project", id)
                .with("name", terms.name())
                .with("owner", state.owner())
                .with("stage", stage(state))
                .with("round", Math.min(state.round(), terms.rounds()) + " of " + terms.rounds())
                .with("attempt", state.attempt())
                .with("published", state.models().size())
                .with("reward", terms.reward())
                .with("escrow", escrow)
                .with("model", recipe.model() + " " + recipe.rows() + "x" + recipe.cols() + " -> " + recipe.classes())
                .with("members", members)
                .with(
                        "rounds",
                        state.summaries().stream().map(ProjectReport::round).toList());
    }

    private static Report round(RoundSummary summary) {
        return new Report()
                .with("round", summary.round())
                .with("attempt", summary.attempt())
                .with("result", summary.voided().map(Enum::name).orElse("published"))
                .with("accepted", summary.accepted().size())
                .with("rejected", summary.rejected().size())
                .with("silent", summary.silent().size())
                .with("task", summary.task())
                .with("model", summary.model());
    }

    private static String stage(ProjectState.Founded state) {
        Stage stage = state.stage();
        if (stage instanceof Stage.Proposing proposing) {
            return "waiting for proposer " + proposing.proposer().brief();
        }
        if (stage instanceof Stage.Drawing drawing) {
            var invitation = drawing.invitation();
            return "drawing solvers, " + invitation.accepted().size() + " of " + invitation.wanted() + " accepted";
        }
        if (stage instanceof Stage.Running running) {
            return "task " + running.task() + " under way";
        }
        if (stage instanceof Stage.Averaging averaging) {
            return "averaging the updates of " + averaging.task().task();
        }
        if (stage instanceof Stage.Paused paused) {
            return "paused: " + paused.reason()
                    + "; when that is mended its owner goes on with project resume, else ends it"
                    + " with project close";
        }
        if (stage instanceof Stage.Gathering) {
            return "waiting for " + missing(state);
        }
        return stage instanceof Stage.Funding ? "setting the reward aside" : "complete";
    }

    /** Whom an attempt needs and the project does not have. */
    private static String missing(ProjectState.Founded state) {
        List<String> missing = new ArrayList<>();
        for (Role role : Role.values()) {
            int there = state.eligible(role).size();
            int wanted = switch (role) {
                case SOLVER -> state.terms().solvers();
                case COORDINATOR -> state.terms().coordinators();
                case PROPOSER, AGGREGATOR -> 1;
            };
            if (there < wanted) {
                missing.add(role.label() + "s (" + there + " of " + wanted + ")");
            }
        }
        return missing.isEmpty() ? "participants" : String.join(", ", missing);
    }
}

package computer.autonet.cli;

import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.task.TaskResult;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.TaskTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autonet task}: one round of a project. */
@Command(name = "task", mixinStandardHelpOptions = true, description = "Show one round of a project.")
final class TaskCommands implements Runnable {
    private final Equipment equipment;

    @Spec
    CommandSpec spec;

    TaskCommands(Equipment equipment) {
        this.equipment = equipment;
        this.spec = CommandSpec.create();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: show");
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a task's phase, who has moved in it, and what was decided.",
            footer = "Example: autonet task show HEX")
    int show(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Parameters(paramLabel = "ID", description = "The task, in full, as project show --json lists it.")
                    String task) {
        ProcessId id = Parse.process(Kind.TASK, task);
        try (Session session = gateway.open(equipment.connector())) {
            TaskState state = session.await(session.client().task(id)).state();
            if (state instanceof TaskState.Unopened) {
                throw CliException.users("NO_SUCH_TASK", "nobody opened " + id, "see project show for its tasks");
            }
            output.print(report(id, state));
        }
        return 0;
    }

    private static Report report(ProcessId id, TaskState state) {
        TaskTerms terms = terms(state);
        OptionalLong deadline = state.deadline();
        Report report = new Report()
                .with("task", id)
                .with("project", terms.project())
                .with("round", terms.round())
                .with("attempt", terms.attempt())
                .with("phase", phase(state))
                .with(
                        "ends by",
                        deadline.isPresent()
                                ? Optional.of(Instant.ofEpochMilli(deadline.getAsLong()))
                                : Optional.empty())
                .with("proposer", terms.proposer())
                .with("steps", terms.recipe().steps());
        return state instanceof TaskState.Decided decided
                ? report.with("participants", decided(decided.result()))
                : report.with(
                        "solvers",
                        terms.solvers().stream().map(s -> solver(state, s)).toList());
    }

    private static List<Report> decided(TaskResult result) {
        List<Report> rows = new ArrayList<>();
        result.accepted().forEach(update -> rows.add(row(update.solver(), "solver", "accepted")));
        result.rejected().forEach(solver -> rows.add(row(solver, "solver", "rejected")));
        result.silentSolvers().forEach(solver -> rows.add(row(solver, "solver", "silent")));
        result.dividends().keySet().forEach(c -> rows.add(row(c, "coordinator", "agreed")));
        result.poorCoordinators().forEach(c -> rows.add(row(c, "coordinator", "differed")));
        result.silentCoordinators().forEach(c -> rows.add(row(c, "coordinator", "silent")));
        return rows;
    }

    private static Report row(Identity identity, String role, String outcome) {
        return new Report().with("identity", identity).with("role", role).with("outcome", outcome);
    }

    private static Report solver(TaskState state, Identity solver) {
        Report row = new Report().with("identity", solver);
        if (state instanceof TaskState.Committing committing) {
            return row.with("committed", committing.commitments().containsKey(solver));
        }
        if (state instanceof TaskState.AwaitingTruth awaiting) {
            return row.with("committed", awaiting.commitments().containsKey(solver));
        }
        return evidence(state)
                .map(e -> row.with("committed", e.commitments().containsKey(solver))
                        .with("revealed", e.solutions().containsKey(solver)))
                .orElse(row);
    }

    private static Optional<TaskState.Evidence> evidence(TaskState state) {
        if (state instanceof TaskState.AwaitingSolutions awaiting) {
            return Optional.of(awaiting.evidence());
        }
        if (state instanceof TaskState.Seating seating) {
            return Optional.of(seating.evidence());
        }
        if (state instanceof TaskState.Sealing sealing) {
            return Optional.of(sealing.seating().evidence());
        }
        if (state instanceof TaskState.Opening opening) {
            return Optional.of(opening.seating().evidence());
        }
        return state instanceof TaskState.Decided decided ? Optional.of(decided.evidence()) : Optional.empty();
    }

    private static TaskTerms terms(TaskState state) {
        if (state instanceof TaskState.Committing committing) {
            return committing.terms();
        }
        if (state instanceof TaskState.AwaitingTruth awaiting) {
            return awaiting.terms();
        }
        if (state instanceof TaskState.Void ended) {
            return ended.terms();
        }
        return evidence(state)
                .orElseThrow(() -> new IllegalStateException("no terms in " + state))
                .terms();
    }

    private static String phase(TaskState state) {
        if (state instanceof TaskState.Void ended) {
            return "void: " + ended.reason();
        }
        if (state instanceof TaskState.Sealing sealing) {
            return "coordinators measure, " + sealing.seals().size() + " of "
                    + sealing.seats().size() + " votes sealed";
        }
        if (state instanceof TaskState.Opening opening) {
            return "coordinators open, " + opening.votes().size() + " of "
                    + opening.seals().size() + " votes opened";
        }
        if (state instanceof TaskState.Committing) {
            return "solvers train and commit";
        }
        if (state instanceof TaskState.AwaitingTruth) {
            return "the proposer reveals the truth";
        }
        if (state instanceof TaskState.AwaitingSolutions) {
            return "solvers reveal";
        }
        return state instanceof TaskState.Seating ? "a committee is being seated" : "decided";
    }
}

package computer.autonet.protocol.project;

import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Acts;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.process.Rules;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.VoidReason;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Decides for projects: who takes part, whose turn it is, who is drawn, and who is paid. */
public final class ProjectRules implements Rules<ProjectState, ProjectCommand, ProjectEvent> {
    /** PROJ-03: members of one project; keeps its state small. */
    public static final int MAX_MEMBERS = 10_000;

    /** PROJ-08: a task gets one fresh committee, and then none. */
    static final int MAX_COMMITTEES = 2;

    /** AGG-05: aggregators that get a turn in one round, so that an attempt ends in bounded time. */
    static final int MAX_TURNS = 8;

    @Override
    public Kind kind() {
        return Kind.PROJECT;
    }

    @Override
    public ProjectState initial(ProcessId id, Genesis genesis) {
        return new ProjectState.Unfounded();
    }

    @Override
    public boolean exists(ProjectState state) {
        return state instanceof ProjectState.Founded;
    }

    @Override
    public boolean isInternal(ProjectCommand command) {
        return !(command instanceof ProjectCommand.Leave
                || command instanceof ProjectCommand.Resume
                || command instanceof ProjectCommand.Close
                || command instanceof ProjectCommand.Propose);
    }

    @Override
    public Decision<ProjectEvent> decide(ProjectState state, ProjectCommand command, Context context) {
        if (state instanceof ProjectState.Founded founded) {
            return command.accept(new FoundedProject(founded, context));
        }
        if (command instanceof ProjectCommand.Found found) {
            return found(found, context);
        }
        return Decision.refuse(Code.WRONG_PHASE, "the project is not founded", "found it first");
    }

    /** PROJ-01: the first entry, from the owner's account. */
    private static Decision<ProjectEvent> found(ProjectCommand.Found command, Context context) {
        if (!context.sentBy(context.accountOf(command.owner().address()))) {
            return Decision.refuse(
                    Code.NOT_AUTHORISED,
                    context.origin() + " is not the account of "
                            + command.owner().brief(),
                    "an owner founds projects from its own account");
        }
        var seed = Progress.SEEDS.first(context.self());
        return Acts.<ProjectEvent>in(context)
                .event(new ProjectEvent.Founded(command.owner(), command.terms(), seed))
                .accept();
    }

    /** The proposer in turn was silent: the next one repeats the round. It broke no commitment and pays nothing. */
    @Override
    public Decision.Accepted<ProjectEvent> onDeadline(ProjectState state, Context context) {
        var progress = new Progress((ProjectState.Founded) state, context);
        progress.retry("nobody proposed");
        return progress.accepted();
    }

    @Override
    public Decision.Accepted<ProjectEvent> onBounce(
            ProjectState state, Command ours, Refusal refusal, Context context) {
        var progress = new Progress((ProjectState.Founded) state, context);
        var draws = new Draws(progress);
        Stage stage = progress.state().stage();
        if (ours instanceof AccountCommand.Hold hold
                && stage instanceof Stage.Funding funding
                && funding.proposal().reference().equals(hold.reference())) {
            progress.pause("the escrow cannot pay the round: " + refusal.detail());
        } else if (ours instanceof SolverCommand.Assign assign
                && stage instanceof Stage.Drawing drawing
                && drawing.invitation().reference().equals(assign.reference())) {
            progress.record(new ProjectEvent.SolverDeclined());
            Invitation after = ((Stage.Drawing) progress.state().stage()).invitation();
            if (after.asked() > drawing.invitation().asked()) {
                draws.askSolver(drawing.proposal(), after.candidates().get(after.asked() - 1));
            }
            draws.solversIfComplete();
        } else if (ours instanceof CoordinatorCommand.Seat seat
                && stage instanceof Stage.Running running
                && running.invitation().isPresent()
                && running.invitation().get().reference().equals(seat.reference())) {
            progress.record(new ProjectEvent.CoordinatorDeclined());
            var after = (Stage.Running) progress.state().stage();
            Invitation invitation = after.invitation().orElseThrow();
            if (invitation.asked() > running.invitation().get().asked()) {
                draws.askCoordinator(after, invitation.candidates().get(invitation.asked() - 1));
            }
            draws.committeeIfComplete();
        } else if (ours instanceof AggregatorCommand.Aggregate aggregate
                && stage instanceof Stage.Averaging averaging
                && averaging
                        .task()
                        .proposal()
                        .reference()
                        .equals(aggregate.terms().reference())) {
            unpublished(progress, averaging, List.of(), List.of());
        } else if (ours instanceof TaskCommand.Open
                && stage instanceof Stage.Running running
                && context.sentBy(running.task())) {
            new Ending(progress).fail(running, VoidReason.NO_SOLUTION, List.of(), List.of(), List.of(), List.of());
        }
        return progress.accepted();
    }

    /** AGG-04: nobody could average, or no average was certified. */
    static void unpublished(
            Progress progress,
            Stage.Averaging averaging,
            List<Identity> silentAggregators,
            List<Identity> silentCertifiers) {
        var result = averaging.result();
        new Ending(progress)
                .fail(
                        averaging.task(),
                        VoidReason.NOT_CERTIFIED,
                        List.of(),
                        result.silentSolvers(),
                        together(result.silentCoordinators(), silentCertifiers),
                        silentAggregators);
    }

    static List<Identity> together(List<Identity> some, List<Identity> others) {
        return Stream.concat(some.stream(), others.stream()).sorted().distinct().toList();
    }

    @Override
    public ProjectState evolve(ProjectState state, ProjectEvent event) {
        return event.evolve(state);
    }

    @Override
    public OptionalLong deadlineMillis(ProjectState state) {
        return state instanceof ProjectState.Founded f && f.stage() instanceof Stage.Proposing p
                ? OptionalLong.of(p.deadlineMillis())
                : OptionalLong.empty();
    }

    @Override
    public ProjectState extended(ProjectState state, long byMillis) {
        if (state instanceof ProjectState.Founded f && f.stage() instanceof Stage.Proposing p) {
            return f.with(new Stage.Proposing(p.proposer(), p.deadlineMillis() + byMillis));
        }
        return state;
    }
}

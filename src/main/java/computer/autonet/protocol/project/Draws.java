package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.role.Service;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.task.Seat;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskTerms;
import computer.autonet.protocol.task.VoidReason;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who takes part in an attempt: solvers and committees are drawn by stake, and asked in the drawn order. */
final class Draws {
    /** PROJ-07: how many are asked at most for the places of one draw; eight times the largest number of places. */
    static final int MAX_CANDIDATES = 8 * ProjectTerms.MAX_SOLVERS;

    private final Progress progress;
    private final Context context;
    private final Ending ending;

    Draws(Progress progress) {
        this.progress = progress;
        this.context = progress.context();
        this.ending = new Ending(progress);
    }

    /** PROJ-07: solvers are drawn by stake from the previous round's seed and asked in that order. */
    void drawSolvers(Proposal proposal) {
        SortedMap<Identity, Amount> stakes = new TreeMap<>(progress.state().eligible(Role.SOLVER));
        stakes.remove(proposal.proposer());
        Hash seed = Progress.SEEDS.solvers(progress.state().seed(), proposal.reference());
        List<Identity> order = Progress.DRAW.draw(seed, stakes, MAX_CANDIDATES);
        progress.record(
                new ProjectEvent.SolversDrawn(order, progress.state().terms().solvers()));
        var invitation = ((Stage.Drawing) progress.state().stage()).invitation();
        for (Identity solver : invitation.candidates().subList(0, invitation.asked())) {
            askSolver(proposal, solver);
        }
        solversIfComplete();
    }

    void askSolver(Proposal proposal, Identity solver) {
        progress.send(context.owned(Kind.SOLVER, solver.address()), new SolverCommand.Assign(proposal.reference()));
    }

    /** When everyone who was asked has answered: creates the task, or gives the reward back. */
    void solversIfComplete() {
        if (!(progress.state().stage() instanceof Stage.Drawing drawing)
                || !drawing.invitation().complete()) {
            return;
        }
        Proposal proposal = drawing.proposal();
        List<Identity> solvers = drawing.invitation().members();
        if (solvers.isEmpty()) {
            ending.endVoid(proposal, Optional.empty(), VoidReason.NO_SOLUTION, List.of());
            progress.retry("no solver had free capacity");
            return;
        }
        ProcessId task = progress.nextChild(Kind.TASK);
        progress.send(
                task,
                new TaskCommand.Open(new TaskTerms(
                        context.self(),
                        proposal.round(),
                        proposal.attempt(),
                        proposal.reference(),
                        proposal.proposer(),
                        proposal.truth(),
                        proposal.truthCiphertext(),
                        proposal.recipe(),
                        progress.state().base(),
                        solvers,
                        progress.state().terms().coordinators(),
                        progress.state().terms().phases())));
        progress.record(new ProjectEvent.TaskCreated(task, solvers));
    }

    /** PROJ-08: a committee is drawn by the task's seed; a failed one before it is dissolved. */
    void drawCommittee(Stage.Running running, Hash seed, List<Identity> excluded) {
        running.seats()
                .ifPresent(seats -> seats.accepted()
                        .forEach(seat -> ending.unseat(
                                seats.reference(),
                                seat.coordinator(),
                                excluded.contains(seat.coordinator()) ? Service.SILENT : Service.UNUSED,
                                Tables.empty())));
        SortedMap<Identity, Amount> stakes = new TreeMap<>(progress.state().eligible(Role.COORDINATOR));
        excluded.forEach(stakes::remove);
        Hash reference = Commitment.tagged("autonet/seat/1")
                .with(running.proposal().reference())
                .with(running.committees() + 1)
                .hash();
        List<Identity> order = Progress.DRAW.draw(seed, stakes, MAX_CANDIDATES);
        progress.record(new ProjectEvent.CommitteeDrawn(
                reference, order, progress.state().terms().coordinators()));
        var next = (Stage.Running) progress.state().stage();
        var invitation = next.invitation().orElseThrow();
        for (Identity coordinator : invitation.candidates().subList(0, invitation.asked())) {
            askCoordinator(next, coordinator);
        }
        committeeIfComplete();
    }

    void askCoordinator(Stage.Running running, Identity coordinator) {
        progress.send(
                context.owned(Kind.COORDINATOR, coordinator.address()),
                new CoordinatorCommand.Seat(running.invitation().orElseThrow().reference(), running.solvers()));
    }

    void committeeIfComplete() {
        if (progress.state().stage() instanceof Stage.Running running
                && running.invitation().isPresent()
                && running.invitation().get().complete()) {
            List<Seat> seats = running.invitation().get().accepted().stream()
                    .sorted((a, b) -> a.coordinator().compareTo(b.coordinator()))
                    .toList();
            progress.record(new ProjectEvent.CommitteeSeated());
            progress.send(running.task(), new TaskCommand.Committee(seats));
        }
    }
}

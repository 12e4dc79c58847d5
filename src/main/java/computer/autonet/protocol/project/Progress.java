package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.Payment;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.draw.Draw;
import computer.autonet.protocol.draw.SeededDraw;
import computer.autonet.protocol.process.Acts;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.rewards.Payout;
import computer.autonet.protocol.rewards.Silence;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.role.Service;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.task.Commitments;
import computer.autonet.protocol.task.Seat;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskResult;
import computer.autonet.protocol.task.TaskTerms;
import computer.autonet.protocol.task.VoidReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One decision of a project while it grows: the state so far, its events, and what goes out. */
final class Progress {
    /** PROJ-07: how many are asked at most for the places of one draw; eight times the largest number of places. */
    static final int MAX_CANDIDATES = 8 * ProjectTerms.MAX_SOLVERS;

    private static final Draw DRAW = new SeededDraw();

    private final Context context;
    private final Acts<ProjectEvent> acts;
    private ProjectState.Founded state;

    Progress(ProjectState.Founded state, Context context) {
        this.state = state;
        this.context = context;
        this.acts = Acts.in(context);
    }

    ProjectState.Founded state() {
        return state;
    }

    void record(ProjectEvent event) {
        acts.event(event);
        state = (ProjectState.Founded) event.evolve(state);
    }

    void send(ProcessId receiver, Command command) {
        acts.send(receiver, command);
    }

    Decision.Accepted<ProjectEvent> accepted() {
        return (Decision.Accepted<ProjectEvent>) acts.accept();
    }

    ProcessId escrow() {
        return context.accountOf(context.self().hash());
    }

    // Rounds

    /** PROJ-05: opens the next attempt if enough participants are there, else waits for them. */
    void openAttempt() {
        int round = state.round();
        int attempt = state.attempt() + 1;
        releaseLeaving();
        SortedMap<Identity, Amount> proposers = state.eligible(Role.PROPOSER);
        if (proposers.isEmpty()
                || state.eligible(Role.SOLVER).size() < state.terms().solvers()
                || state.eligible(Role.COORDINATOR).size() < state.terms().coordinators()
                || state.eligible(Role.AGGREGATOR).isEmpty()) {
            if (!(state.stage() instanceof Stage.Gathering)) {
                record(new ProjectEvent.Gathering());
            }
            return;
        }
        // Equal weights: the order of a round's proposers stays the same through its attempts although a charge changes
        // a stake, so that a silent one is followed by the next and not by chance by itself.
        proposers.replaceAll((who, stake) -> Role.PROPOSER.minimumStake());
        Hash seed = Commitment.tagged("autonet/proposers/1")
                .with(context.self().hash())
                .with(round)
                .hash();
        List<Identity> order = DRAW.draw(seed, proposers, proposers.size());
        Identity proposer = order.get((attempt - 1) % order.size());
        long deadline = context.timestampMillis() + state.terms().phases().proposeMillis();
        record(new ProjectEvent.RoundOpened(round, attempt, proposer, deadline));
    }

    private void releaseLeaving() {
        for (Map.Entry<MemberKey, Member> entry : state.roster().entrySet()) {
            if (entry.getValue().leaving()) {
                release(entry.getKey());
            }
        }
    }

    void release(MemberKey key) {
        Member member = Tables.at(state.roster(), key);
        record(new ProjectEvent.Left(key));
        send(context.accountOf(key.identity().address()), new AccountCommand.Release(member.lock()));
    }

    /** PROJ-06: after an attempt came to nothing. */
    void retry(String why) {
        if (state.attempt() % state.terms().attempts() == 0) {
            pause("round " + state.round() + " came to nothing " + state.attempt() + " times, last: " + why);
        } else {
            openAttempt();
        }
    }

    /** PROJ-15: whoever wanted to leave can, as nothing is under way. */
    void pause(String why) {
        record(new ProjectEvent.Paused(why));
        releaseLeaving();
    }

    /** PROJ-18: nothing follows; what the escrow still has returns to the owner. */
    void complete() {
        record(new ProjectEvent.Completed());
        releaseLeaving();
        sweep();
    }

    void sweep() {
        send(escrow(), new AccountCommand.Sweep(state.owner().address()));
    }

    // Draws

    /** PROJ-07: solvers are drawn by stake from the previous round's seed and asked in that order. */
    void drawSolvers(Proposal proposal) {
        SortedMap<Identity, Amount> stakes = new TreeMap<>(state.eligible(Role.SOLVER));
        stakes.remove(proposal.proposer());
        Hash seed = Commitment.tagged("autonet/solvers/1")
                .with(state.seed())
                .with(proposal.reference())
                .hash();
        List<Identity> order = DRAW.draw(seed, stakes, MAX_CANDIDATES);
        record(new ProjectEvent.SolversDrawn(order, state.terms().solvers()));
        var invitation = ((Stage.Drawing) state.stage()).invitation();
        for (Identity solver : invitation.candidates().subList(0, invitation.asked())) {
            askSolver(proposal, solver);
        }
        solversIfComplete();
    }

    void askSolver(Proposal proposal, Identity solver) {
        send(context.owned(Kind.SOLVER, solver.address()), new SolverCommand.Assign(proposal.reference()));
    }

    /** When everyone who was asked has answered: creates the task, or gives the reward back. */
    void solversIfComplete() {
        if (!(state.stage() instanceof Stage.Drawing drawing)
                || !drawing.invitation().complete()) {
            return;
        }
        Proposal proposal = drawing.proposal();
        List<Identity> solvers = drawing.invitation().members();
        if (solvers.isEmpty()) {
            endVoid(proposal, Optional.empty(), VoidReason.NO_SOLUTION, List.of());
            retry("no solver had free capacity");
            return;
        }
        ProcessId task = acts.nextChild(Kind.TASK);
        send(
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
                        state.base(),
                        solvers,
                        state.terms().coordinators(),
                        state.terms().phases())));
        record(new ProjectEvent.TaskCreated(task, solvers));
    }

    /** PROJ-08: a committee is drawn by the task's seed; a failed one before it is dissolved. */
    void drawCommittee(Stage.Running running, Hash seed, List<Identity> excluded) {
        running.seats()
                .ifPresent(seats -> seats.accepted()
                        .forEach(seat -> unseat(
                                seats.reference(),
                                seat.coordinator(),
                                excluded.contains(seat.coordinator()) ? Service.SILENT : Service.UNUSED,
                                Tables.empty())));
        SortedMap<Identity, Amount> stakes = new TreeMap<>(state.eligible(Role.COORDINATOR));
        excluded.forEach(stakes::remove);
        Hash reference = Commitment.tagged("autonet/seat/1")
                .with(running.proposal().reference())
                .with(running.committees() + 1)
                .hash();
        List<Identity> order = DRAW.draw(seed, stakes, MAX_CANDIDATES);
        record(new ProjectEvent.CommitteeDrawn(reference, order, state.terms().coordinators()));
        var next = (Stage.Running) state.stage();
        var invitation = next.invitation().orElseThrow();
        for (Identity coordinator : invitation.candidates().subList(0, invitation.asked())) {
            askCoordinator(next, coordinator);
        }
        committeeIfComplete();
    }

    void askCoordinator(Stage.Running running, Identity coordinator) {
        send(
                context.owned(Kind.COORDINATOR, coordinator.address()),
                new CoordinatorCommand.Seat(running.invitation().orElseThrow().reference(), running.solvers()));
    }

    void committeeIfComplete() {
        if (state.stage() instanceof Stage.Running running
                && running.invitation().isPresent()
                && running.invitation().get().complete()) {
            List<Seat> seats = running.invitation().get().accepted().stream()
                    .sorted((a, b) -> a.coordinator().compareTo(b.coordinator()))
                    .toList();
            record(new ProjectEvent.CommitteeSeated());
            send(running.task(), new TaskCommand.Committee(seats));
        }
    }

    /** PROJ-12, PROJ-13: the attempt came to nothing; who was silent is charged, and the round is repeated. */
    void fail(
            Stage.Running running,
            VoidReason reason,
            List<Identity> compensated,
            List<Identity> silentSolvers,
            List<Identity> silentCoordinators,
            List<Identity> silentAggregators) {
        Proposal proposal = running.proposal();
        List<Identity> silent = Stream.concat(silentSolvers.stream(), silentCoordinators.stream())
                .sorted()
                .distinct()
                .toList();
        dismiss(running, Optional.empty(), silent);
        if (reason == VoidReason.NO_TRUTH) {
            charge(Role.PROPOSER, proposal.proposer(), compensated);
        }
        chargeSilence(Role.SOLVER, silentSolvers);
        chargeSilence(Role.COORDINATOR, silentCoordinators);
        chargeSilence(Role.AGGREGATOR, silentAggregators);
        endVoid(proposal, Optional.of(running.task()), reason, silent);
        retry(reason.name());
    }

    private void unseat(Hash reference, Identity coordinator, Service service, SortedMap<Identity, Integer> bonds) {
        send(
                context.owned(Kind.COORDINATOR, coordinator.address()),
                new CoordinatorCommand.Unseat(reference, service, bonds));
    }

    // Ends

    /** PROJ-10: pays once, at publication; what rounding leaves stays in the escrow. */
    void publish(Stage.Averaging averaging, BlobId model, Identity aggregator) {
        Proposal proposal = averaging.task().proposal();
        TaskResult result = averaging.result();
        Payout payout = Payout.of(state.terms().reward(), result.incentives(), result.dividends());
        List<Earning> earnings = new ArrayList<>();
        payout.solvers().forEach((who, amount) -> earn(earnings, Role.SOLVER, who, amount));
        payout.coordinators().forEach((who, amount) -> earn(earnings, Role.COORDINATOR, who, amount));
        earn(earnings, Role.PROPOSER, proposal.proposer(), payout.proposer());
        earn(earnings, Role.AGGREGATOR, aggregator, payout.aggregator());
        List<Payment> payments = earnings.stream()
                .map(e -> new Payment(e.member().identity().address(), e.amount()))
                .toList();
        send(escrow(), new AccountCommand.Settle(proposal.reference(), payments));
        List<Identity> silent = new ArrayList<>(result.silentSolvers());
        silent.addAll(result.silentCoordinators());
        end(
                new RoundSummary(
                        proposal.round(),
                        proposal.attempt(),
                        proposal.reference(),
                        Optional.of(averaging.task().task()),
                        Optional.empty(),
                        Optional.of(model),
                        result.accepted().stream()
                                .map(update -> update.solver())
                                .toList(),
                        result.rejected(),
                        silent),
                earnings,
                result.truthSalt());
        if (proposal.round() >= state.terms().rounds()) {
            complete();
        } else {
            openAttempt();
        }
    }

    private static void earn(List<Earning> earnings, Role role, Identity who, Amount amount) {
        if (!amount.isZero()) {
            earnings.add(new Earning(new MemberKey(role, who), amount));
        }
    }

    /** The reward returns to the escrow's balance. */
    void endVoid(Proposal proposal, Optional<ProcessId> task, VoidReason reason, List<Identity> silent) {
        send(escrow(), new AccountCommand.Settle(proposal.reference(), List.of()));
        end(
                new RoundSummary(
                        proposal.round(),
                        proposal.attempt(),
                        proposal.reference(),
                        task,
                        Optional.of(reason),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        silent),
                List.of(),
                Hash.digest(reason.name()));
    }

    private void end(RoundSummary summary, List<Earning> earnings, Hash outcome) {
        Hash next = Commitments.nextSeed(state.seed(), summary.reference(), outcome);
        record(new ProjectEvent.AttemptEnded(summary, earnings, next));
    }

    /** PROJ-11: frees solvers and coordinators, and tells them how they served. */
    void dismiss(Stage.Running running, Optional<TaskResult> result, List<Identity> silent) {
        Hash reference = running.proposal().reference();
        List<Identity> accepted = result.map(r ->
                        r.accepted().stream().map(update -> update.solver()).toList())
                .orElse(List.of());
        for (Identity solver : running.solvers()) {
            Service service = silent.contains(solver)
                    ? Service.SILENT
                    : result.isEmpty() ? Service.UNUSED : accepted.contains(solver) ? Service.GOOD : Service.POOR;
            send(context.owned(Kind.SOLVER, solver.address()), new SolverCommand.Release(reference, service));
        }
        // A committee that was still being asked: who took a seat is free; who answers later is bounced.
        running.invitation()
                .ifPresent(open ->
                        open.members().forEach(who -> unseat(open.reference(), who, Service.UNUSED, Tables.empty())));
        running.seats().ifPresent(seats -> {
            for (Seat seat : seats.accepted()) {
                Identity who = seat.coordinator();
                Service service = silent.contains(who)
                        ? Service.SILENT
                        : result.isEmpty()
                                ? Service.UNUSED
                                : result.get().dividends().containsKey(who) ? Service.GOOD : Service.POOR;
                SortedMap<Identity, Integer> bonds = result.stream()
                        .flatMap(r -> r.bonds().stream())
                        .filter(row -> row.coordinator().equals(who))
                        .findFirst()
                        .map(Seat::bonds)
                        .orElse(Tables.empty());
                unseat(seats.reference(), who, service, bonds);
            }
        });
    }

    /** PROJ-12: silence costs one percent of what is left of the stake. */
    void chargeSilence(Role role, List<Identity> silent) {
        for (Identity who : silent) {
            charge(role, who, List.of());
        }
    }

    /** PROJ-13: a proposer that kept the truth pays those who trained for nothing, in equal parts. */
    void charge(Role role, Identity who, List<Identity> compensated) {
        MemberKey key = new MemberKey(role, who);
        Member member = state.roster().get(key);
        if (member == null) {
            return;
        }
        Amount amount = Silence.chargeOn(member.stake());
        if (amount.isZero()) {
            return;
        }
        List<Payment> payments = compensated.stream()
                .map(solver -> new Payment(solver.address(), amount.share(1, compensated.size())))
                .toList();
        record(new ProjectEvent.Charged(key, amount));
        send(context.accountOf(who.address()), new AccountCommand.Charge(member.lock(), amount, payments));
    }
}

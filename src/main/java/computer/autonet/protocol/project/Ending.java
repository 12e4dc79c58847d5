package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.Payment;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.rewards.Payout;
import computer.autonet.protocol.rewards.Silence;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.role.Service;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.task.Seat;
import computer.autonet.protocol.task.TaskResult;
import computer.autonet.protocol.task.VoidReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** How an attempt ends: who is freed, charged and paid. */
final class Ending {
    private final Progress progress;
    private final Context context;

    Ending(Progress progress) {
        this.progress = progress;
        this.context = progress.context();
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
        List<Identity> silent = ProjectRules.together(silentSolvers, silentCoordinators);
        dismiss(running, Optional.empty(), silent);
        if (reason == VoidReason.NO_TRUTH) {
            charge(Role.PROPOSER, proposal.proposer(), compensated);
        }
        chargeSilence(Role.SOLVER, silentSolvers);
        chargeSilence(Role.COORDINATOR, silentCoordinators);
        chargeSilence(Role.AGGREGATOR, silentAggregators);
        endVoid(proposal, Optional.of(running.task()), reason, silent);
        progress.retry(reason.name());
    }

    /** PROJ-10: pays once, at publication; what rounding leaves stays in the escrow. */
    void publish(Stage.Averaging averaging, ProjectCommand.Published published) {
        Proposal proposal = averaging.task().proposal();
        TaskResult result = averaging.result();
        dismiss(
                averaging.task(),
                Optional.of(result),
                ProjectRules.together(result.silentSolvers(), result.silentCoordinators()));
        chargeSilence(Role.SOLVER, result.silentSolvers());
        chargeSilence(Role.COORDINATOR, result.silentCoordinators());
        chargeSilence(Role.AGGREGATOR, published.silentAggregators());
        Payout payout = Payout.of(progress.state().terms().reward(), result.incentives(), result.dividends());
        List<Earning> earnings = new ArrayList<>();
        payout.solvers().forEach((who, amount) -> earn(earnings, Role.SOLVER, who, amount));
        payout.coordinators().forEach((who, amount) -> earn(earnings, Role.COORDINATOR, who, amount));
        earn(earnings, Role.PROPOSER, proposal.proposer(), payout.proposer());
        earn(earnings, Role.AGGREGATOR, published.aggregator(), payout.aggregator());
        List<Payment> payments = earnings.stream()
                .map(e -> new Payment(e.member().identity().address(), e.amount()))
                .toList();
        progress.send(progress.escrow(), new AccountCommand.Settle(proposal.reference(), payments));
        List<Identity> silent = new ArrayList<>(result.silentSolvers());
        silent.addAll(result.silentCoordinators());
        end(
                new RoundSummary(
                        proposal.round(),
                        proposal.attempt(),
                        proposal.reference(),
                        Optional.of(averaging.task().task()),
                        Optional.empty(),
                        Optional.of(published.model()),
                        result.accepted().stream()
                                .map(update -> update.solver())
                                .toList(),
                        result.rejected(),
                        silent),
                earnings,
                result.truthSalt());
        if (proposal.round() >= progress.state().terms().rounds()) {
            progress.complete();
        } else {
            progress.openAttempt();
        }
    }

    private static void earn(List<Earning> earnings, Role role, Identity who, Amount amount) {
        if (!amount.isZero()) {
            earnings.add(new Earning(new MemberKey(role, who), amount));
        }
    }

    /** The reward returns to the escrow's balance. */
    void endVoid(Proposal proposal, Optional<ProcessId> task, VoidReason reason, List<Identity> silent) {
        progress.send(progress.escrow(), new AccountCommand.Settle(proposal.reference(), List.of()));
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
        Hash next = Progress.SEEDS.next(progress.state().seed(), summary.reference(), outcome);
        progress.record(new ProjectEvent.AttemptEnded(summary, earnings, next));
    }

    /** PROJ-11: frees solvers and coordinators, and tells them how they served. */
    private void dismiss(Stage.Running running, Optional<TaskResult> result, List<Identity> silent) {
        Hash reference = running.proposal().reference();
        List<Identity> accepted = result.map(r ->
                        r.accepted().stream().map(update -> update.solver()).toList())
                .orElse(List.of());
        for (Identity solver : running.solvers()) {
            Service service = silent.contains(solver)
                    ? Service.SILENT
                    : result.isEmpty() ? Service.UNUSED : accepted.contains(solver) ? Service.GOOD : Service.POOR;
            progress.send(context.owned(Kind.SOLVER, solver.address()), new SolverCommand.Release(reference, service));
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

    void unseat(Hash reference, Identity coordinator, Service service, SortedMap<Identity, Integer> bonds) {
        progress.send(
                context.owned(Kind.COORDINATOR, coordinator.address()),
                new CoordinatorCommand.Unseat(reference, service, bonds));
    }

    /** PROJ-12: silence costs one percent of what is left of the stake. */
    private void chargeSilence(Role role, List<Identity> silent) {
        for (Identity who : silent) {
            charge(role, who, List.of());
        }
    }

    /** PROJ-13: a proposer that kept the truth pays those who trained for nothing, in equal parts. */
    private void charge(Role role, Identity who, List<Identity> compensated) {
        MemberKey key = new MemberKey(role, who);
        Member member = progress.state().roster().get(key);
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
        progress.record(new ProjectEvent.Charged(key, amount));
        progress.send(context.accountOf(who.address()), new AccountCommand.Charge(member.lock(), amount, payments));
    }
}

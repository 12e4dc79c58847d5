package computer.autonet.engine.work;

import computer.autonet.base.Amount;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.Failures;
import computer.autonet.client.NetworkInfo;
import computer.autonet.client.RefusedException;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.coordinator.CoordinatorRules;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.ProjectRules;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.solver.SolverRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How a participant enters a project: it says what it will do, then locks its stake; each once (WORK-11). One that has
 * staked and is no member any more has left, and does not come back by itself.
 */
final class Enrolment {
    private final Desk desk;
    private final Amount stake;
    private final Declarations declarations;
    private volatile boolean declared;

    /** Whether it has staked, or was seen to have: the stake may be known to the account alone, or released already. */
    private volatile boolean entered;

    Enrolment(Desk desk, Amount stake, Declarations declarations) {
        this.desk = desk;
        this.stake = stake;
        this.declarations = declarations;
    }

    CompletionStage<Void> perform(Situation situation) {
        return desk.network()
                .network()
                .thenCompose(info -> declare(info).thenCompose(done -> {
                    if (situation.project().roster().containsKey(new MemberKey(desk.role(), desk.me()))) {
                        entered = true;
                    }
                    return entered
                            ? Duty.NOTHING
                            : desk.network()
                                    .account(desk.me().address())
                                    .thenCompose(account -> stake(info, account.state(), situation.project()));
                }));
    }

    private CompletionStage<Void> declare(NetworkInfo info) {
        if (declared) {
            return Duty.NOTHING;
        }
        CompletionStage<Void> told = switch (desk.role()) {
            case SOLVER -> declarations.inTurn(desk.me(), () -> declareSolver(info));
            case COORDINATOR -> declarations.inTurn(desk.me(), () -> enlistCoordinator(info));
            case PROPOSER, AGGREGATOR -> Duty.NOTHING;
        };
        return told.thenAccept(done -> declared = true);
    }

    private CompletionStage<Void> declareSolver(NetworkInfo info) {
        Identity me = desk.me();
        return desk.network().solver(me).thenCompose(solver -> {
            List<ProcessId> projects = solver.state().projects();
            if (projects.contains(desk.project()) && solver.state().capacity() > 0) {
                return Duty.NOTHING;
            }
            // One place per project: a project gives a solver one task at a time.
            return with(projects, SolverRules.MAX_PROJECTS)
                    .thenCompose(all -> Duty.done(desk.submit(
                            info.owned(Kind.SOLVER, me.address()), new SolverCommand.Declare(all.size(), all))));
        });
    }

    private CompletionStage<Void> enlistCoordinator(NetworkInfo info) {
        Identity me = desk.me();
        return desk.network().coordinator(me).thenCompose(coordinator -> {
            List<ProcessId> projects = coordinator.state().projects();
            return projects.contains(desk.project())
                    ? Duty.NOTHING
                    : with(projects, CoordinatorRules.MAX_PROJECTS)
                            .thenCompose(all -> Duty.done(desk.submit(
                                    info.owned(Kind.COORDINATOR, me.address()), new CoordinatorCommand.Enlist(all))));
        });
    }

    /** These and this project; where that is more than may stand, without those that ask for nobody any more. */
    private CompletionStage<List<ProcessId>> with(List<ProcessId> projects, int most) {
        var others = new ArrayList<>(projects);
        others.remove(desk.project());
        CompletionStage<List<ProcessId>> kept =
                others.size() < most ? CompletableFuture.completedFuture(others) : asking(others);
        return kept.thenApply(all -> {
            var declared = new ArrayList<>(all);
            declared.add(desk.project());
            return declared;
        });
    }

    /** One question after the other, which is once in very many projects. */
    private CompletionStage<List<ProcessId>> asking(List<ProcessId> projects) {
        var kept = new ArrayList<ProcessId>();
        CompletionStage<Void> asked = Duty.NOTHING;
        for (ProcessId project : projects) {
            asked = asked.thenCompose(done -> asks(project)).thenAccept(asks -> {
                if (asks) {
                    kept.add(project);
                }
            });
        }
        return asked.thenApply(done -> kept);
    }

    /** Whether a project exists and is not complete. */
    private CompletionStage<Boolean> asks(ProcessId project) {
        return desk.network()
                .project(project)
                .thenApply(told -> told.state() instanceof ProjectState.Founded founded
                        && !(founded.stage() instanceof Stage.Complete))
                .exceptionallyCompose(failure ->
                        Failures.cause(failure) instanceof RefusedException refused && refused.is(Code.NO_SUCH_PROCESS)
                                ? CompletableFuture.completedFuture(false)
                                : CompletableFuture.failedFuture(failure));
    }

    /** A lock that stands shows a stake that the project knows or is about to hear of. */
    private CompletionStage<Void> stake(NetworkInfo info, AccountState account, ProjectState.Founded project) {
        Role role = desk.role();
        boolean locked = account.locks().values().stream()
                .anyMatch(lock -> lock.project().equals(desk.project()) && lock.role() == role && !lock.released());
        if (locked) {
            entered = true;
            return Duty.NOTHING;
        }
        // It would come back at once, and the log of that would be the next occasion to send it.
        if (project.roster().size() >= ProjectRules.MAX_MEMBERS) {
            return CompletableFuture.failedFuture(new RefusedException(
                    Code.FULL.name(),
                    "the project has " + ProjectRules.MAX_MEMBERS + " members",
                    "wait until one leaves, or join another"));
        }
        return desk.submit(
                        info.owned(Kind.ACCOUNT, desk.me().address()),
                        new AccountCommand.Stake(desk.project(), role, stake))
                .thenAccept(receipt -> {
                    entered = true;
                    desk.tell(new WorkEvent.Staked());
                });
    }
}

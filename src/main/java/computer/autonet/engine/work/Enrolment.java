package computer.autonet.engine.work;

import computer.autonet.base.Amount;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkInfo;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.solver.SolverCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * How a participant enters a project: it says what it will do, then locks its stake; each once (WORK-11). One that was a
 * member and is no more has left, and does not come back by itself.
 */
final class Enrolment {
    private final Desk desk;
    private final Amount stake;
    private final Declarations declarations;
    private volatile boolean declared;
    private volatile boolean member;

    Enrolment(Desk desk, Amount stake, Declarations declarations) {
        this.desk = desk;
        this.stake = stake;
        this.declarations = declarations;
    }

    CompletionStage<Void> perform(Situation situation) {
        return desk.network()
                .network()
                .thenCompose(info -> declare(info).thenCompose(done -> {
                    var roster = situation.project().roster();
                    if (roster.containsKey(new MemberKey(desk.role(), desk.me()))) {
                        member = true;
                    }
                    return member
                            ? Duty.NOTHING
                            : desk.network()
                                    .account(desk.me().address())
                                    .thenCompose(account -> stake(info, account.state()));
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
            List<ProcessId> all = with(projects);
            return Duty.done(
                    desk.submit(info.owned(Kind.SOLVER, me.address()), new SolverCommand.Declare(all.size(), all)));
        });
    }

    private CompletionStage<Void> enlistCoordinator(NetworkInfo info) {
        Identity me = desk.me();
        return desk.network().coordinator(me).thenCompose(coordinator -> {
            List<ProcessId> projects = coordinator.state().projects();
            return projects.contains(desk.project())
                    ? Duty.NOTHING
                    : Duty.done(desk.submit(
                            info.owned(Kind.COORDINATOR, me.address()), new CoordinatorCommand.Enlist(with(projects))));
        });
    }

    private List<ProcessId> with(List<ProcessId> projects) {
        var all = new ArrayList<>(projects);
        if (!all.contains(desk.project())) {
            all.add(desk.project());
        }
        return all;
    }

    /** A lock that stands shows a stake that the project knows or is about to hear of. */
    private CompletionStage<Void> stake(NetworkInfo info, AccountState account) {
        Role role = desk.role();
        boolean locked = account.locks().values().stream()
                .anyMatch(lock -> lock.project().equals(desk.project()) && lock.role() == role && !lock.released());
        return locked
                ? Duty.NOTHING
                : desk.submit(
                                info.owned(Kind.ACCOUNT, desk.me().address()),
                                new AccountCommand.Stake(desk.project(), role, stake))
                        .thenAccept(receipt -> desk.tell(new WorkEvent.Staked()));
    }
}

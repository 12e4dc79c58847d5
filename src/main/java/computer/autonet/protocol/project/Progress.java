package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.draw.Draw;
import computer.autonet.protocol.draw.HashedSeeds;
import computer.autonet.protocol.draw.SeededDraw;
import computer.autonet.protocol.draw.Seeds;
import computer.autonet.protocol.process.Acts;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.role.Role;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** One decision of a project while it grows: the state so far, its events, and what goes out; and how attempts follow each other. */
final class Progress {
    static final Seeds SEEDS = new HashedSeeds();
    static final Draw DRAW = new SeededDraw();

    private final Context context;
    private final Acts<ProjectEvent> acts;
    private ProjectState.Founded state;

    Progress(ProjectState.Founded state, Context context) {
        this.state = state;
        this.context = context;
        this.acts = Acts.in(context);
    }

    Context context() {
        return context;
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

    /** The id that the next message to a new process gives that process. */
    ProcessId nextChild(Kind kind) {
        return acts.nextChild(kind);
    }

    Decision.Accepted<ProjectEvent> accepted() {
        return (Decision.Accepted<ProjectEvent>) acts.accept();
    }

    ProcessId escrow() {
        return context.accountOf(context.self().hash());
    }

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
        List<Identity> order = DRAW.draw(SEEDS.proposers(context.self(), round), proposers, proposers.size());
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
}

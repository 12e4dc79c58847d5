package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.task.Seat;
import computer.autonet.protocol.task.TaskResult;
import java.util.List;
import java.util.Optional;

/** What has happened to a project. */
public sealed interface ProjectEvent extends Event {
    ProjectState evolve(ProjectState state);

    private static ProjectState.Founded founded(ProjectState state, ProjectEvent event) {
        if (state instanceof ProjectState.Founded f) {
            return f;
        }
        throw new IllegalStateException(event + " cannot follow " + state);
    }

    private static <T extends Stage> T stage(ProjectState state, Class<T> type, ProjectEvent event) {
        Stage stage = founded(state, event).stage();
        if (!type.isInstance(stage)) {
            throw new IllegalStateException(event + " cannot follow " + stage);
        }
        return type.cast(stage);
    }

    record Founded(Identity owner, ProjectTerms terms, Hash seed) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return new ProjectState.Founded(
                    owner, terms, Tables.empty(), seed, 1, 0, new Stage.Gathering(), List.of(), List.of(), List.of());
        }
    }

    record Joined(Identity identity, Role role, Amount stake, long lock) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return founded(state, this)
                    .with(new MemberKey(role, identity), new Member(lock, stake, false, Amount.ZERO, Amount.ZERO));
        }
    }

    record Leaving(MemberKey member) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            var f = founded(state, this);
            return f.with(member, Tables.at(f.roster(), member).leave());
        }
    }

    record Left(MemberKey member) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return founded(state, this).without(member);
        }
    }

    /** Too few participants: wait for more. */
    record Gathering() implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return founded(state, this).with(new Stage.Gathering());
        }
    }

    record RoundOpened(int round, int attempt, Identity proposer, long deadlineMillis) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return founded(state, this).at(round, attempt).with(new Stage.Proposing(proposer, deadlineMillis));
        }
    }

    record Proposed(Proposal proposal) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return founded(state, this).with(new Stage.Funding(proposal));
        }
    }

    /** The reward is set aside; solvers are asked in the drawn order. */
    record SolversDrawn(List<Identity> candidates, int wanted) implements ProjectEvent {
        public SolversDrawn {
            candidates = List.copyOf(candidates);
        }

        @Override
        public ProjectState evolve(ProjectState state) {
            var funding = stage(state, Stage.Funding.class, this);
            var invitation = Invitation.of(funding.proposal().reference(), candidates, wanted);
            return founded(state, this).with(new Stage.Drawing(funding.proposal(), invitation));
        }
    }

    record SolverAccepted(Seat solver) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            var drawing = stage(state, Stage.Drawing.class, this);
            return founded(state, this)
                    .with(new Stage.Drawing(
                            drawing.proposal(), drawing.invitation().accept(solver)));
        }
    }

    record SolverDeclined() implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            var drawing = stage(state, Stage.Drawing.class, this);
            return founded(state, this)
                    .with(new Stage.Drawing(
                            drawing.proposal(), drawing.invitation().decline()));
        }
    }

    record TaskCreated(ProcessId task, List<Identity> solvers) implements ProjectEvent {
        public TaskCreated {
            solvers = List.copyOf(solvers);
        }

        @Override
        public ProjectState evolve(ProjectState state) {
            var drawing = stage(state, Stage.Drawing.class, this);
            return founded(state, this)
                    .with(new Stage.Running(drawing.proposal(), task, solvers, 0, Optional.empty(), Optional.empty()));
        }
    }

    /** A held-out set is public; it must not score again. */
    record TruthSpent(BlobId truth) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return founded(state, this).spent(truth);
        }
    }

    /** A committee is being asked, in the drawn order. */
    record CommitteeDrawn(Hash reference, List<Identity> candidates, int wanted) implements ProjectEvent {
        public CommitteeDrawn {
            candidates = List.copyOf(candidates);
        }

        @Override
        public ProjectState evolve(ProjectState state) {
            var r = stage(state, Stage.Running.class, this);
            return founded(state, this)
                    .with(new Stage.Running(
                            r.proposal(),
                            r.task(),
                            r.solvers(),
                            r.committees() + 1,
                            Optional.of(Invitation.of(reference, candidates, wanted)),
                            Optional.empty()));
        }
    }

    record CoordinatorAccepted(Seat seat) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return answered(
                    state,
                    this,
                    stage(state, Stage.Running.class, this)
                            .invitation()
                            .orElseThrow()
                            .accept(seat));
        }
    }

    record CoordinatorDeclined() implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return answered(
                    state,
                    this,
                    stage(state, Stage.Running.class, this)
                            .invitation()
                            .orElseThrow()
                            .decline());
        }
    }

    private static ProjectState answered(ProjectState state, ProjectEvent event, Invitation invitation) {
        var r = stage(state, Stage.Running.class, event);
        return founded(state, event)
                .with(new Stage.Running(
                        r.proposal(),
                        r.task(),
                        r.solvers(),
                        r.committees(),
                        Optional.of(invitation),
                        Optional.empty()));
    }

    /** Everyone who was asked has answered; the task knows its committee. */
    record CommitteeSeated() implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            var r = stage(state, Stage.Running.class, this);
            return founded(state, this)
                    .with(new Stage.Running(
                            r.proposal(), r.task(), r.solvers(), r.committees(), Optional.empty(), r.invitation()));
        }
    }

    record TaskDecided(TaskResult result) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return founded(state, this).with(new Stage.Averaging(stage(state, Stage.Running.class, this), result));
        }
    }

    /** A stake was charged; its account hears of it by the same entry. */
    record Charged(MemberKey member, Amount amount) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            var f = founded(state, this);
            return f.with(member, Tables.at(f.roster(), member).charge(amount));
        }
    }

    /** The attempt is over, with a model or without. What it pays leaves the escrow by the same entry. */
    record AttemptEnded(RoundSummary summary, List<Earning> earnings, Hash nextSeed) implements ProjectEvent {
        public AttemptEnded {
            earnings = List.copyOf(earnings);
        }

        @Override
        public ProjectState evolve(ProjectState state) {
            var f = founded(state, this);
            for (Earning earning : earnings) {
                Member member = f.roster().get(earning.member());
                if (member != null) {
                    f = f.with(earning.member(), member.earn(earning.amount()));
                }
            }
            return f.ended(summary, nextSeed);
        }
    }

    record Paused(String reason) implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return founded(state, this).with(new Stage.Paused(reason));
        }
    }

    /** All rounds are published, or the owner has closed the project. */
    record Completed() implements ProjectEvent {
        @Override
        public ProjectState evolve(ProjectState state) {
            return founded(state, this).with(new Stage.Complete());
        }
    }
}

package computer.autonet.protocol.task;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Acts;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.process.Rules;
import computer.autonet.protocol.project.ProjectCommand;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/** Decides for tasks: commit, reveal, seal, open, in that order, and what each silence means. */
public final class TaskRules implements Rules<TaskState, TaskCommand, TaskEvent> {
    @Override
    public Kind kind() {
        return Kind.TASK;
    }

    @Override
    public TaskState initial(ProcessId id, Genesis genesis) {
        return new TaskState.Unopened();
    }

    @Override
    public boolean exists(TaskState state) {
        return !(state instanceof TaskState.Unopened);
    }

    @Override
    public boolean isInternal(TaskCommand command) {
        return command instanceof TaskCommand.Open || command instanceof TaskCommand.Committee;
    }

    @Override
    public Decision<TaskEvent> decide(TaskState state, TaskCommand command, Context context) {
        return command.accept(new Answer(state, context));
    }

    @Override
    public Decision.Accepted<TaskEvent> onDeadline(TaskState state, Context context) {
        var closing = new Closing(context);
        if (state instanceof TaskState.Committing s) {
            closing.commits(s);
        } else if (state instanceof TaskState.AwaitingTruth s) {
            closing.voided(
                    s.terms(),
                    VoidReason.NO_TRUTH,
                    List.copyOf(s.commitments().keySet()),
                    closing.uncommitted(s.terms(), s.commitments()),
                    List.of());
        } else if (state instanceof TaskState.AwaitingSolutions s) {
            closing.solutions(s.evidence());
        } else if (state instanceof TaskState.Sealing s) {
            closing.seals(s);
        } else if (state instanceof TaskState.Opening s) {
            closing.votes(s);
        } else {
            throw new IllegalStateException("no deadline stands in " + state);
        }
        return closing.accepted();
    }

    /** TASK-14: a truth that was public before is no truth; without a committee nothing can be decided. */
    @Override
    public Decision.Accepted<TaskEvent> onBounce(TaskState state, Command ours, Refusal refusal, Context context) {
        var closing = new Closing(context);
        if (ours instanceof ProjectCommand.TruthRevealed && state instanceof TaskState.AwaitingSolutions s) {
            SortedMap<Identity, Hash> commitments = s.evidence().commitments();
            TaskTerms terms = s.evidence().terms();
            closing.voided(
                    terms,
                    VoidReason.NO_TRUTH,
                    List.copyOf(commitments.keySet()),
                    closing.uncommitted(terms, commitments),
                    List.of());
        } else if (ours instanceof ProjectCommand.TruthRevealed && state instanceof TaskState.Seating s) {
            closing.voided(
                    s.evidence().terms(),
                    VoidReason.NO_TRUTH,
                    List.copyOf(s.evidence().solutions().keySet()),
                    s.evidence().silentSolvers(),
                    s.silentCoordinators());
        } else if (ours instanceof ProjectCommand.DrawCommittee && state instanceof TaskState.Seating s) {
            closing.voided(
                    s.evidence().terms(),
                    VoidReason.NO_COMMITTEE,
                    List.of(),
                    s.evidence().silentSolvers(),
                    s.silentCoordinators());
        }
        return closing.accepted();
    }

    @Override
    public TaskState evolve(TaskState state, TaskEvent event) {
        return event.evolve(state);
    }

    @Override
    public OptionalLong deadlineMillis(TaskState state) {
        return state.deadline();
    }

    @Override
    public TaskState extended(TaskState state, long byMillis) {
        return state.extended(byMillis);
    }

    /** Answers each command for one state. */
    private record Answer(TaskState state, Context context) implements TaskCommand.Visitor<Decision<TaskEvent>> {
        private Decision<TaskEvent> wrongPhase(String wanted) {
            return Decision.refuse(
                    Code.WRONG_PHASE,
                    "the task is in phase " + state.name() + ", not " + wanted,
                    "watch the task and act in its phase");
        }

        private static Decision<TaskEvent> notAuthorised(String detail) {
            return Decision.refuse(Code.NOT_AUTHORISED, detail, "only the participants that were drawn may");
        }

        private static Decision<TaskEvent> done(String what) {
            return Decision.refuse(Code.ALREADY_DONE, what, "nothing is left to do; watch the task");
        }

        private static Decision<TaskEvent> mismatch(String what) {
            return Decision.refuse(
                    Code.COMMITMENT_MISMATCH,
                    "what was sent does not open the " + what,
                    "send exactly what was committed to, with its salt");
        }

        /** TASK-01. */
        @Override
        public Decision<TaskEvent> on(TaskCommand.Open command) {
            if (!(state instanceof TaskState.Unopened)) {
                return done("the task is open");
            }
            if (!context.sentBy(command.terms().project())) {
                return notAuthorised(context.origin() + " is not the task's project");
            }
            long deadline = context.timestampMillis() + command.terms().phases().commitMillis();
            return Acts.<TaskEvent>in(context)
                    .event(new TaskEvent.Opened(command.terms(), deadline))
                    .accept();
        }

        /** TASK-03: one commitment per drawn solver; equal ones are both accepted, a copier cannot open. */
        @Override
        public Decision<TaskEvent> on(TaskCommand.Commit command) {
            if (!(state instanceof TaskState.Committing s)) {
                return wrongPhase("Committing");
            }
            Identity solver = context.signer();
            if (!s.terms().solvers().contains(solver)) {
                return notAuthorised(solver.brief() + " was not drawn as solver");
            }
            if (s.commitments().containsKey(solver)) {
                return done(solver.brief() + " has committed");
            }
            var closing = new Closing(context);
            closing.event(new TaskEvent.Committed(solver, command.commitment()));
            TaskState.Committing next = s.with(solver, command.commitment());
            if (next.complete()) {
                closing.commits(next);
            }
            return closing.accepted();
        }

        /** TASK-04: the truth first, and never before commits close. */
        @Override
        public Decision<TaskEvent> on(TaskCommand.RevealTruth command) {
            if (!(state instanceof TaskState.AwaitingTruth s)) {
                return wrongPhase("AwaitingTruth");
            }
            TaskTerms terms = s.terms();
            if (!context.signedBy(terms.proposer())) {
                return notAuthorised("only the proposer " + terms.proposer().brief() + " can open the truth");
            }
            Hash opened = Commitments.truth(
                    terms.project(),
                    terms.round(),
                    terms.proposer(),
                    terms.truthCiphertext(),
                    command.plaintext(),
                    command.salt());
            if (!opened.equals(terms.truth())) {
                return mismatch("truth commitment");
            }
            long deadline = context.timestampMillis() + terms.phases().revealMillis();
            return Acts.<TaskEvent>in(context)
                    .event(new TaskEvent.TruthRevealed(command.plaintext(), command.salt(), deadline))
                    .send(terms.project(), new ProjectCommand.TruthRevealed(terms.reference(), command.plaintext()))
                    .accept();
        }

        /** TASK-05. */
        @Override
        public Decision<TaskEvent> on(TaskCommand.RevealSolution command) {
            if (!(state instanceof TaskState.AwaitingSolutions s)) {
                return wrongPhase("AwaitingSolutions");
            }
            Identity solver = context.signer();
            Hash commitment = s.evidence().commitments().get(solver);
            if (commitment == null) {
                return notAuthorised(solver.brief() + " has not committed");
            }
            if (s.evidence().solutions().containsKey(solver)) {
                return done(solver.brief() + " has revealed");
            }
            Hash opened = Commitments.update(
                    context.self(), solver, command.ciphertext(), command.plaintext(), command.salt(), command.trace());
            if (!opened.equals(commitment)) {
                return mismatch("update commitment");
            }
            var update = new Update(solver, command.ciphertext(), command.plaintext(), command.salt());
            var closing = new Closing(context);
            closing.event(new TaskEvent.SolutionRevealed(update, command.trace()));
            TaskState.Evidence next = s.evidence().with(update);
            if (next.complete()) {
                closing.solutions(next);
            }
            return closing.accepted();
        }

        /** TASK-08: fewer seats than a committee needs void the task. */
        @Override
        public Decision<TaskEvent> on(TaskCommand.Committee command) {
            if (!(state instanceof TaskState.Seating s)) {
                return wrongPhase("Seating");
            }
            TaskTerms terms = s.evidence().terms();
            if (!context.sentBy(terms.project())) {
                return notAuthorised(context.origin() + " is not the task's project");
            }
            var closing = new Closing(context);
            if (command.seats().size() < leastSeats(terms.coordinators())) {
                closing.voided(
                        terms,
                        VoidReason.NO_COMMITTEE,
                        List.of(),
                        s.evidence().silentSolvers(),
                        s.silentCoordinators());
            } else {
                long deadline = context.timestampMillis() + terms.phases().sealMillis();
                closing.event(new TaskEvent.CommitteeSeated(command.seats(), deadline));
            }
            return closing.accepted();
        }

        /** TASK-09. */
        @Override
        public Decision<TaskEvent> on(TaskCommand.SealVote command) {
            if (!(state instanceof TaskState.Sealing s)) {
                return wrongPhase("Sealing");
            }
            Identity coordinator = context.signer();
            if (s.seats().stream().noneMatch(seat -> seat.coordinator().equals(coordinator))) {
                return notAuthorised(coordinator.brief() + " has no seat on the committee");
            }
            if (s.seals().containsKey(coordinator)) {
                return done(coordinator.brief() + " has sealed its vote");
            }
            var closing = new Closing(context);
            closing.event(new TaskEvent.VoteSealed(coordinator, command.seal()));
            TaskState.Sealing next = s.with(coordinator, command.seal());
            if (next.complete()) {
                closing.seals(next);
            }
            return closing.accepted();
        }

        /** TASK-10. */
        @Override
        public Decision<TaskEvent> on(TaskCommand.OpenVote command) {
            if (!(state instanceof TaskState.Opening s)) {
                return wrongPhase("Opening");
            }
            Identity coordinator = context.signer();
            Hash seal = s.seals().get(coordinator);
            if (seal == null) {
                return notAuthorised(coordinator.brief() + " has not sealed a vote");
            }
            if (s.votes().containsKey(coordinator)) {
                return done(coordinator.brief() + " has opened its vote");
            }
            if (!Tally.wellFormed(s.seating().evidence(), command.vote())) {
                return Decision.refuse(
                        Code.INVALID_ARGUMENT,
                        "the vote does not score exactly the revealed updates",
                        "give each revealed update a score of 0 to " + Tally.MAX_SCORE
                                + " micro-nats, or name it unreadable, in the order of the solvers");
            }
            if (!Commitments.vote(context.self(), coordinator, command.vote(), command.salt())
                    .equals(seal)) {
                return mismatch("sealed vote");
            }
            var closing = new Closing(context);
            closing.event(new TaskEvent.VoteOpened(coordinator, command.vote()));
            TaskState.Opening next = s.with(coordinator, command.vote());
            if (next.complete()) {
                closing.votes(next);
            }
            return closing.accepted();
        }
    }

    /** TASK-08: two thirds of the seats, rounded up. */
    static int leastSeats(int wanted) {
        return (2 * wanted + 2) / 3;
    }
}

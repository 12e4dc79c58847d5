package computer.autonet.protocol.task;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Event;
import java.util.List;

/** What has happened to a task. */
public sealed interface TaskEvent extends Event {
    TaskState evolve(TaskState state);

    private static IllegalStateException impossible(TaskState state, TaskEvent event) {
        return new IllegalStateException(event + " cannot follow " + state);
    }

    record Opened(TaskTerms terms, long deadlineMillis) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            return new TaskState.Committing(terms, Tables.empty(), deadlineMillis);
        }
    }

    record Committed(Identity solver, Hash commitment) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.Committing committing) {
                return committing.with(solver, commitment);
            }
            throw impossible(state, this);
        }
    }

    /** All have committed, or the time is over. */
    record CommitsClosed(long deadlineMillis) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.Committing c) {
                return new TaskState.AwaitingTruth(c.terms(), c.commitments(), deadlineMillis);
            }
            throw impossible(state, this);
        }
    }

    record TruthRevealed(BlobId plaintext, Hash salt, long deadlineMillis) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.AwaitingTruth a) {
                var evidence = new TaskState.Evidence(a.terms(), a.commitments(), plaintext, salt, Tables.empty());
                return new TaskState.AwaitingSolutions(evidence, deadlineMillis);
            }
            throw impossible(state, this);
        }
    }

    record SolutionRevealed(Update update, Hash trace) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.AwaitingSolutions a) {
                return new TaskState.AwaitingSolutions(a.evidence().with(update), a.deadlineMillis());
            }
            throw impossible(state, this);
        }
    }

    /** Nothing more is revealed; a committee is to be drawn by this seed. */
    record RevealsClosed(Hash seed) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.AwaitingSolutions a) {
                return new TaskState.Seating(a.evidence(), 1, List.of());
            }
            throw impossible(state, this);
        }
    }

    record CommitteeSeated(List<Seat> seats, long deadlineMillis) implements TaskEvent {
        public CommitteeSeated {
            seats = List.copyOf(seats);
        }

        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.Seating seating) {
                return new TaskState.Sealing(seating, seats, Tables.empty(), deadlineMillis);
            }
            throw impossible(state, this);
        }
    }

    record VoteSealed(Identity coordinator, Hash seal) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.Sealing sealing) {
                return sealing.with(coordinator, seal);
            }
            throw impossible(state, this);
        }
    }

    record SealsClosed(long deadlineMillis) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.Sealing s) {
                return new TaskState.Opening(s.seating(), s.seats(), s.seals(), Tables.empty(), deadlineMillis);
            }
            throw impossible(state, this);
        }
    }

    record VoteOpened(Identity coordinator, Vote vote) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.Opening opening) {
                return opening.with(coordinator, vote);
            }
            throw impossible(state, this);
        }
    }

    /** The first committee opened too few votes or did not agree; a fresh one is drawn by this seed. */
    record CommitteeFailed(List<Identity> silent, Hash seed) implements TaskEvent {
        public CommitteeFailed {
            silent = List.copyOf(silent);
        }

        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.Opening opening) {
                return new TaskState.Seating(opening.seating().evidence(), 2, silent);
            }
            throw impossible(state, this);
        }
    }

    record Decided(TaskResult result) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.Opening opening) {
                return new TaskState.Decided(opening.seating().evidence(), result);
            }
            throw impossible(state, this);
        }
    }

    record Voided(VoidReason reason) implements TaskEvent {
        @Override
        public TaskState evolve(TaskState state) {
            if (state instanceof TaskState.Committing s) {
                return new TaskState.Void(s.terms(), reason);
            }
            if (state instanceof TaskState.AwaitingTruth s) {
                return new TaskState.Void(s.terms(), reason);
            }
            if (state instanceof TaskState.AwaitingSolutions s) {
                return new TaskState.Void(s.evidence().terms(), reason);
            }
            if (state instanceof TaskState.Seating s) {
                return new TaskState.Void(s.evidence().terms(), reason);
            }
            if (state instanceof TaskState.Opening s) {
                return new TaskState.Void(s.seating().evidence().terms(), reason);
            }
            throw impossible(state, this);
        }
    }
}

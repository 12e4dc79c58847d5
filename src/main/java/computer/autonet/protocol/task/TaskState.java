package computer.autonet.protocol.task;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/** Where a task stands; each phase carries exactly what is known in it. */
public sealed interface TaskState {
    /** Stands in refusals that logs keep, and so in their hashes: it never changes, whatever the class is called. */
    String name();

    /** When the phase ends if not all have moved. */
    default OptionalLong deadline() {
        return OptionalLong.empty();
    }

    /** The phase with its deadline moved. */
    default TaskState extended(long byMillis) {
        return this;
    }

    /** Created by nobody yet. */
    record Unopened() implements TaskState {
        @Override
        public String name() {
            return "Unopened";
        }
    }

    /** Solvers train and commit. */
    record Committing(TaskTerms terms, SortedMap<Identity, Hash> commitments, long deadlineMillis)
            implements TaskState {
        public Committing {
            commitments = Tables.copyOf(commitments);
        }

        @Override
        public OptionalLong deadline() {
            return OptionalLong.of(deadlineMillis);
        }

        @Override
        public TaskState extended(long byMillis) {
            return new Committing(terms, commitments, deadlineMillis + byMillis);
        }

        Committing with(Identity solver, Hash commitment) {
            return new Committing(terms, Tables.with(commitments, solver, commitment), deadlineMillis);
        }

        boolean complete() {
            return commitments.size() == terms.solvers().size();
        }

        @Override
        public String name() {
            return "Committing";
        }
    }

    /** Commits are closed; the proposer opens its truth. */
    record AwaitingTruth(TaskTerms terms, SortedMap<Identity, Hash> commitments, long deadlineMillis)
            implements TaskState {
        public AwaitingTruth {
            commitments = Tables.copyOf(commitments);
        }

        @Override
        public OptionalLong deadline() {
            return OptionalLong.of(deadlineMillis);
        }

        @Override
        public TaskState extended(long byMillis) {
            return new AwaitingTruth(terms, commitments, deadlineMillis + byMillis);
        }

        @Override
        public String name() {
            return "AwaitingTruth";
        }
    }

    /**
     * What was committed to and revealed.
     *
     * @param solutions the updates revealed so far, by solver
     */
    record Evidence(
            TaskTerms terms,
            SortedMap<Identity, Hash> commitments,
            BlobId truth,
            Hash truthSalt,
            SortedMap<Identity, Update> solutions) {
        public Evidence {
            commitments = Tables.copyOf(commitments);
            solutions = Tables.copyOf(solutions);
        }

        Evidence with(Update update) {
            return new Evidence(terms, commitments, truth, truthSalt, Tables.with(solutions, update.solver(), update));
        }

        boolean complete() {
            return solutions.size() == commitments.size();
        }

        /** Drawn solvers without a revealed update. */
        List<Identity> silentSolvers() {
            return terms.solvers().stream()
                    .filter(solver -> !solutions.containsKey(solver))
                    .toList();
        }
    }

    /** Solvers open their commitments. */
    record AwaitingSolutions(Evidence evidence, long deadlineMillis) implements TaskState {
        @Override
        public OptionalLong deadline() {
            return OptionalLong.of(deadlineMillis);
        }

        @Override
        public TaskState extended(long byMillis) {
            return new AwaitingSolutions(evidence, deadlineMillis + byMillis);
        }

        @Override
        public String name() {
            return "AwaitingSolutions";
        }
    }

    /**
     * The project seats a committee.
     *
     * @param committee 1, or 2 after the first one failed
     * @param silentCoordinators of the first committee
     */
    record Seating(Evidence evidence, int committee, List<Identity> silentCoordinators) implements TaskState {
        public Seating {
            silentCoordinators = List.copyOf(silentCoordinators);
        }

        @Override
        public String name() {
            return "Seating";
        }
    }

    /** Coordinators measure, and seal their votes. */
    record Sealing(Seating seating, List<Seat> seats, SortedMap<Identity, Hash> seals, long deadlineMillis)
            implements TaskState {
        public Sealing {
            seats = List.copyOf(seats);
            seals = Tables.copyOf(seals);
        }

        @Override
        public OptionalLong deadline() {
            return OptionalLong.of(deadlineMillis);
        }

        @Override
        public TaskState extended(long byMillis) {
            return new Sealing(seating, seats, seals, deadlineMillis + byMillis);
        }

        Sealing with(Identity coordinator, Hash seal) {
            return new Sealing(seating, seats, Tables.with(seals, coordinator, seal), deadlineMillis);
        }

        boolean complete() {
            return seals.size() == seats.size();
        }

        @Override
        public String name() {
            return "Sealing";
        }
    }

    /** Coordinators open their votes. */
    record Opening(
            Seating seating,
            List<Seat> seats,
            SortedMap<Identity, Hash> seals,
            SortedMap<Identity, Vote> votes,
            long deadlineMillis)
            implements TaskState {
        public Opening {
            seats = List.copyOf(seats);
            seals = Tables.copyOf(seals);
            votes = Tables.copyOf(votes);
        }

        @Override
        public OptionalLong deadline() {
            return OptionalLong.of(deadlineMillis);
        }

        @Override
        public TaskState extended(long byMillis) {
            return new Opening(seating, seats, seals, votes, deadlineMillis + byMillis);
        }

        Opening with(Identity coordinator, Vote vote) {
            return new Opening(seating, seats, seals, Tables.with(votes, coordinator, vote), deadlineMillis);
        }

        boolean complete() {
            return votes.size() == seals.size();
        }

        List<Identity> silent() {
            return seats.stream()
                    .map(Seat::coordinator)
                    .filter(seated -> !votes.containsKey(seated))
                    .toList();
        }

        @Override
        public String name() {
            return "Opening";
        }
    }

    /** The committee has decided; aggregation follows elsewhere. */
    record Decided(Evidence evidence, TaskResult result) implements TaskState {
        @Override
        public String name() {
            return "Decided";
        }
    }

    /** The attempt came to nothing. */
    record Void(TaskTerms terms, VoidReason reason) implements TaskState {
        @Override
        public String name() {
            return "Void";
        }
    }
}

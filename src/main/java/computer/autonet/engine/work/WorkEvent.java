package computer.autonet.engine.work;

import computer.autonet.base.BlobId;
import computer.autonet.base.Identity;
import java.util.List;
import java.util.SortedMap;

/** What a participant tells about its work, for people to see; nothing depends on it. */
public sealed interface WorkEvent {
    /** It locked its stake. */
    record Staked() implements WorkEvent {}

    record Proposed(int round, int attempt) implements WorkEvent {}

    record TruthRevealed(int round, int attempt) implements WorkEvent {}

    /** At most a hundred of these per training. */
    record Training(int round, int step, int steps, double lossNats) implements WorkEvent {}

    record Committed(int round) implements WorkEvent {}

    record Revealed(int round) implements WorkEvent {}

    /** The coordinator measures the n-th of so many models. */
    record Measuring(int round, int model, int models) implements WorkEvent {}

    /**
     * The coordinator has measured.
     *
     * @param baseAccuracy share of the truth that the round's base classifies rightly; 0 if the truth is unreadable
     * @param allAccuracy the same of the average of all updates
     */
    record Sealed(
            int round,
            double baseAccuracy,
            double allAccuracy,
            SortedMap<Identity, Long> scoresMicroNats,
            List<Identity> unreadable)
            implements WorkEvent {
        public Sealed {
            unreadable = List.copyOf(unreadable);
        }
    }

    record Opened(int round) implements WorkEvent {}

    record Submitted(int round, BlobId model) implements WorkEvent {}

    record Certified(int round, BlobId model) implements WorkEvent {}

    /** It did not do what an honest participant does here, as its {@link Behaviour} says. */
    record Misbehaved(int round, String how) implements WorkEvent {}

    /** Something failed; it tries again. */
    record Troubled(String what) implements WorkEvent {}

    /** The project has published all its rounds. */
    record Finished() implements WorkEvent {}
}

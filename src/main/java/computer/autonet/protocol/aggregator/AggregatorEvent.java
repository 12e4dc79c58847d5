package computer.autonet.protocol.aggregator;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Event;
import java.util.List;
import java.util.Optional;

/** What has happened to a project's aggregation. */
public sealed interface AggregatorEvent extends Event {
    AggregatorState evolve(AggregatorState state);

    private static AggregatorState.Job job(AggregatorState state) {
        return state.job().orElseThrow(() -> new IllegalStateException("nothing is being averaged in " + state));
    }

    private static AggregatorState with(AggregatorState state, AggregatorState.Job job) {
        return new AggregatorState(state.project(), Optional.of(job), state.published(), state.last());
    }

    record Started(ProcessId project, AggregationTerms terms, long deadlineMillis) implements AggregatorEvent {
        @Override
        public AggregatorState evolve(AggregatorState state) {
            var job = new AggregatorState.Job(terms, 0, List.of(), Optional.empty(), Tables.empty(), deadlineMillis);
            return new AggregatorState(Optional.of(project), Optional.of(job), state.published(), state.last());
        }
    }

    record Submitted(Identity aggregator, BlobId model) implements AggregatorEvent {
        @Override
        public AggregatorState evolve(AggregatorState state) {
            return with(state, job(state).submits(model));
        }
    }

    record Certified(Identity certifier, BlobId model) implements AggregatorEvent {
        @Override
        public AggregatorState evolve(AggregatorState state) {
            return with(state, job(state).certifies(certifier, model));
        }
    }

    /** The turn goes to the next aggregator. */
    record TurnPassed(List<Identity> silent, long deadlineMillis) implements AggregatorEvent {
        public TurnPassed {
            silent = List.copyOf(silent);
        }

        @Override
        public AggregatorState evolve(AggregatorState state) {
            return with(state, job(state).passes(silent, deadlineMillis));
        }
    }

    record Published(Hash reference, int round, BlobId model, List<Identity> certifiers) implements AggregatorEvent {
        public Published {
            certifiers = List.copyOf(certifiers);
        }

        @Override
        public AggregatorState evolve(AggregatorState state) {
            return new AggregatorState(
                    state.project(),
                    Optional.empty(),
                    state.published() + 1,
                    Optional.of(new AggregatorState.Published(reference, round, model, certifiers)));
        }
    }

    record Abandoned(Hash reference) implements AggregatorEvent {
        @Override
        public AggregatorState evolve(AggregatorState state) {
            return new AggregatorState(state.project(), Optional.empty(), state.published(), state.last());
        }
    }
}

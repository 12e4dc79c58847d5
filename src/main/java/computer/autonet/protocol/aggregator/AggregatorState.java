package computer.autonet.protocol.aggregator;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One project's aggregation.
 *
 * @param project absent until it has asked for something
 * @param job what is being averaged now
 * @param published how many models were certified here
 * @param last the last certified model, with its round
 */
public record AggregatorState(
        Optional<ProcessId> project, Optional<Job> job, long published, Optional<Published> last) {
    static final AggregatorState EMPTY = new AggregatorState(Optional.empty(), Optional.empty(), 0, Optional.empty());

    /**
     * One round's aggregation.
     *
     * @param turn index of the aggregator whose turn it is
     * @param silent aggregators that let their turn pass, or submitted what the committee does not certify
     * @param submitted the aggregator's model, if it has submitted
     * @param certificates the model that each certifier computed
     */
    public record Job(
            AggregationTerms terms,
            int turn,
            List<Identity> silent,
            Optional<BlobId> submitted,
            SortedMap<Identity, BlobId> certificates,
            long deadlineMillis) {
        public Job {
            silent = List.copyOf(silent);
            certificates = Tables.copyOf(certificates);
        }

        public Identity aggregator() {
            return terms.aggregators().get(turn);
        }

        Job submits(BlobId model) {
            return new Job(terms, turn, silent, Optional.of(model), certificates, deadlineMillis);
        }

        Job certifies(Identity who, BlobId model) {
            return new Job(terms, turn, silent, submitted, Tables.with(certificates, who, model), deadlineMillis);
        }

        Job passes(List<Identity> nowSilent, long deadline) {
            return new Job(terms, turn + 1, nowSilent, Optional.empty(), certificates, deadline);
        }

        Job extended(long byMillis) {
            return new Job(terms, turn, silent, submitted, certificates, deadlineMillis + byMillis);
        }
    }

    /** A certified model: who certified it is in the log. */
    public record Published(Hash reference, int round, BlobId model, List<Identity> certifiers) {
        public Published {
            certifiers = List.copyOf(certifiers);
        }
    }
}

package computer.autonet.app;

import computer.autonet.adapter.data.Partition;
import computer.autonet.base.BlobId;
import computer.autonet.engine.work.TruthSupply;
import computer.autonet.port.Examples;
import java.util.List;

/**
 * A proposer's held-out sets: one part per round, and the parts beyond the last round for attempts after one that revealed
 * its truth and came to nothing.
 */
public record FreshTruth(Partition partition, int rounds) implements TruthSupply {
    @Override
    public Examples truth(int round, int attempt, List<BlobId> revealed) {
        Examples truth = partition.truth(round - 1);
        for (int spare = rounds; revealed.contains(truth.id()); spare++) {
            if (spare >= partition.maxRounds()) {
                throw new IllegalStateException("no fresh truth is left for attempt " + attempt + " at round " + round
                        + ": ask for fewer rounds or give a larger data set");
            }
            truth = partition.truth(spare);
        }
        return truth;
    }
}

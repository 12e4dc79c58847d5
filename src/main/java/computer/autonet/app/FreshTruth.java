package computer.autonet.app;

import computer.autonet.adapter.data.Partition;
import computer.autonet.engine.work.TruthSupply;
import computer.autonet.port.Examples;

/** A proposer's held-out sets: one fresh part per round, and the parts beyond the last round for repeated attempts. */
public record FreshTruth(Partition partition, int rounds) implements TruthSupply {
    @Override
    public Examples truth(int round, int attempt) {
        if (attempt == 1) {
            return partition.truth(round - 1);
        }
        int spares = partition.maxRounds() - rounds;
        int perRound = Math.max(1, spares / rounds);
        int index = (round - 1) * perRound + (attempt - 2);
        if (index >= spares) {
            throw new IllegalStateException("no fresh truth is left for attempt " + attempt + " at round " + round);
        }
        return partition.truth(rounds + index);
    }
}

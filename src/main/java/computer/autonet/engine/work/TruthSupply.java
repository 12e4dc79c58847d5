package computer.autonet.engine.work;

import computer.autonet.base.BlobId;
import computer.autonet.port.Examples;
import java.util.List;

/**
 * Where a proposer's held-out sets come from. The same arguments always give the same set, so that a proposer finds it
 * again after a crash. A revealed truth never scores again; one that was committed to and never revealed is still fresh.
 */
@FunctionalInterface
public interface TruthSupply {
    /**
     * A set for one attempt at a round.
     *
     * @param revealed the project's spent truths, by their plain bytes, before this attempt
     */
    Examples truth(int round, int attempt, List<BlobId> revealed);
}

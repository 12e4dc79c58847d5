package computer.autonet.protocol.task;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.Recipe;
import java.util.List;

/**
 * What holds for a task through all its phases.
 *
 * @param reference names this attempt at this round
 * @param truth the proposer's commitment to the held-out set, stored encrypted as {@code truthCiphertext}
 * @param base parameters that training starts from
 * @param solvers the drawn solvers, in the order of their addresses
 * @param coordinators how many to seat
 */
public record TaskTerms(
        ProcessId project,
        int round,
        int attempt,
        Hash reference,
        Identity proposer,
        Hash truth,
        BlobId truthCiphertext,
        Recipe recipe,
        BlobId base,
        List<Identity> solvers,
        int coordinators,
        PhaseTimes phases) {
    public TaskTerms {
        solvers = List.copyOf(solvers);
    }
}

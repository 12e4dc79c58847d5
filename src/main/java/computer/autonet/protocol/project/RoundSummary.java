package computer.autonet.protocol.project;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.task.VoidReason;
import java.util.List;
import java.util.Optional;

/**
 * How one attempt at a round ended.
 *
 * @param task absent if none was created
 * @param voided why it came to nothing, if it did
 * @param model what it published, if it did
 */
public record RoundSummary(
        int round,
        int attempt,
        Hash reference,
        Optional<ProcessId> task,
        Optional<VoidReason> voided,
        Optional<BlobId> model,
        List<Identity> accepted,
        List<Identity> rejected,
        List<Identity> silent) {
    public RoundSummary {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
        silent = List.copyOf(silent);
    }
}

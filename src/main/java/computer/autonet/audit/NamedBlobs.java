package computer.autonet.audit;

import computer.autonet.base.BlobId;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.account.Founding;
import computer.autonet.protocol.aggregator.AggregatorEvent;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.task.TaskEvent;
import java.util.stream.Stream;

/** The blobs that an entry names: what an export carries beside the logs (AUDIT-06). */
final class NamedBlobs {
    private NamedBlobs() {}

    static Stream<BlobId> of(SealedEntry entry) {
        Stream<BlobId> initial =
                entry.draft().input() instanceof Input.Signed signed && signed.command() instanceof Founding founding
                        ? Stream.of(founding.terms().initialModel())
                        : Stream.empty();
        Stream<BlobId> events = entry.draft().events().stream().flatMap(event -> {
            if (event instanceof ProjectEvent.Proposed proposed) {
                return Stream.of(proposed.proposal().truthCiphertext());
            }
            if (event instanceof TaskEvent.SolutionRevealed revealed) {
                return Stream.of(revealed.update().ciphertext());
            }
            return event instanceof AggregatorEvent.Published published ? Stream.of(published.model()) : Stream.empty();
        });
        return Stream.concat(initial, events);
    }
}

package computer.autonet.protocol.task;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.List;
import java.util.SortedMap;

/**
 * What a coordinator measured.
 *
 * @param truthReadable whether the truth could be decrypted and is a labelled set; if not, there are no scores
 * @param scores of the readable updates, in micro-nats
 * @param unreadable solvers whose update cannot be decrypted or is no parameter vector of the model, in order
 * @param evidence digest of the predicted classes
 */
public record Vote(boolean truthReadable, SortedMap<Identity, Long> scores, List<Identity> unreadable, Hash evidence) {
    public Vote {
        scores = Tables.copyOf(scores);
        unreadable = List.copyOf(unreadable);
    }
}

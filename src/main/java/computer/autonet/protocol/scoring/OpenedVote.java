package computer.autonet.protocol.scoring;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.SortedMap;

/**
 * A seated coordinator's vote after its opening.
 *
 * @param stake what the coordinator has locked for the project
 * @param scores per solver in micro-nats; a solver that it does not name has zero
 * @param evidence the {@link EvidenceDigest} that was sealed with the scores
 */
public record OpenedVote(Identity coordinator, Amount stake, SortedMap<Identity, Long> scores, Hash evidence) {
    /** No loss differs from another by more than the largest. */
    public static final long MAX_SCORE = Losses.MAX_MICRO_NATS + Losses.TOLERANCE_MICRO_NATS;

    public OpenedVote {
        scores = Tables.copyOf(scores);
        for (long score : scores.values()) {
            if (score < 0 || score > MAX_SCORE) {
                throw new IllegalArgumentException(
                        "a score lies between 0 and " + MAX_SCORE + " micro-nats, not " + score);
            }
        }
    }

    public long scoreOf(Identity solver) {
        return scores.getOrDefault(solver, 0L);
    }
}

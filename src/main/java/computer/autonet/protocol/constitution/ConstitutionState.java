package computer.autonet.protocol.constitution;

import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.List;
import java.util.SortedMap;

/**
 * The constitution of a network.
 *
 * @param principles as genesis gave them; no amendment changes them
 * @param amendments by number, from 1
 */
public record ConstitutionState(List<String> principles, SortedMap<Long, Amendment> amendments) {
    public ConstitutionState {
        principles = List.copyOf(principles);
        amendments = Tables.copyOf(amendments);
    }

    /**
     * A text to stand beside the principles.
     *
     * @param opinions of guardians
     */
    public record Amendment(
            Identity author, String title, String text, SortedMap<Identity, Opinion> opinions, Verdict verdict) {
        public Amendment {
            opinions = Tables.copyOf(opinions);
        }
    }

    /** A guardian's view. */
    public record Opinion(boolean support, String reason) {}

    /** What became of an amendment. */
    public enum Verdict {
        OPEN,
        ADOPTED,
        REJECTED
    }
}

package computer.autonet.engine.awareness;

import java.util.function.Supplier;

/**
 * The Awareness engine of a node: who is there, and whether what the network says can be relied on. On a network without
 * certificates that is so while a majority of the members is within reach.
 */
public final class Awareness {
    /**
     * The cluster as one of its nodes sees it.
     *
     * @param selfUp whether this node is a full member
     * @param members all that are known and not yet gone
     * @param up those that are full members
     * @param unreachable those that do not answer
     */
    public record Surroundings(boolean selfUp, int members, int up, int unreachable) {
        boolean majority() {
            return 2 * unreachable < members;
        }
    }

    private final Supplier<Surroundings> senses;

    /** @param senses cheap: asked before every act of every participant */
    public Awareness(Supplier<Surroundings> senses) {
        this.senses = senses;
    }

    public Surroundings surroundings() {
        return senses.get();
    }

    /** Whether this node is a member and reaches a majority: only then do its participants act (NODE-03, WORK-12). */
    public boolean fresh() {
        Surroundings now = senses.get();
        return now.selfUp() && now.majority();
    }
}

package computer.autonet.protocol.draw;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import java.util.SortedMap;

/**
 * Where the seed of every draw comes from: one method per purpose, with all that its seed may depend on (DRAW-06). Today
 * these are hashes of what a round revealed; a verifiable random function takes their place as a new version of the rules.
 */
public interface Seeds {
    /** What a project's chain of seeds begins with. */
    Hash first(ProcessId project);

    /**
     * PROJ-09: the next in a project's chain.
     *
     * @param outcome what an attempt revealed, or why it came to nothing
     */
    Hash next(Hash seed, Hash reference, Hash outcome);

    /** PROJ-05: of the order in which a round's proposers take turns; the same for all its attempts. */
    Hash proposers(ProcessId project, int round);

    /** PROJ-07: of an attempt's solvers. */
    Hash solvers(Hash seed, Hash reference);

    /**
     * TASK-07: of a committee, from what nobody knew before commits closed.
     *
     * @param committee 1, or 2 after the first one failed
     */
    Hash committee(ProcessId task, Hash truthSalt, SortedMap<Identity, Hash> commitments, int committee);

    /** AGG-05: of the order in which aggregators take turns. */
    Hash aggregators(Hash truthSalt);
}

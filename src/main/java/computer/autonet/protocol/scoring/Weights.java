package computer.autonet.protocol.scoring;

import computer.autonet.base.Identity;
import java.util.List;

/** Scores as a coordinator's row of 16-bit weights: scaled so that the largest is 65535, rounded down (SCORE-08). */
public final class Weights {
    private static final int LARGEST = 65_535;

    private Weights() {}

    /** One weight per solver, in the given order; all zero where every score is. */
    public static int[] of(OpenedVote vote, List<Identity> solvers) {
        long largest = 0;
        for (Identity solver : solvers) {
            largest = Math.max(largest, vote.scoreOf(solver));
        }
        int[] row = new int[solvers.size()];
        for (int j = 0; largest > 0 && j < row.length; j++) {
            row[j] = (int) (vote.scoreOf(solvers.get(j)) * LARGEST / largest);
        }
        return row;
    }
}

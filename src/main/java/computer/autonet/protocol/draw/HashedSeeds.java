package computer.autonet.protocol.draw;

import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Seeds that are SHA-256 of what has been revealed (DRAW-06). Whoever reveals last may choose not to. */
public final class HashedSeeds implements Seeds {
    @Override
    public Hash first(ProcessId project) {
        return Commitment.tagged("autonet/project/1").with(project.hash()).hash();
    }

    @Override
    public Hash next(Hash seed, Hash reference, Hash outcome) {
        return Commitment.tagged("autonet/seed/1")
                .with(seed)
                .with(reference)
                .with(outcome)
                .hash();
    }

    @Override
    public Hash proposers(ProcessId project, int round) {
        return Commitment.tagged("autonet/proposers/1")
                .with(project.hash())
                .with(round)
                .hash();
    }

    @Override
    public Hash solvers(Hash seed, Hash reference) {
        return Commitment.tagged("autonet/solvers/1").with(seed).with(reference).hash();
    }

    @Override
    public Hash committee(ProcessId task, Hash truthSalt, SortedMap<Identity, Hash> commitments, int committee) {
        List<Hash> closed = new ArrayList<>();
        commitments.forEach((solver, commitment) -> {
            closed.add(solver.address());
            closed.add(commitment);
        });
        return Commitment.tagged("autonet/committee/1")
                .with(task.hash())
                .with(truthSalt)
                .withAll(closed)
                .with(committee)
                .hash();
    }

    @Override
    public Hash aggregators(Hash truthSalt) {
        return truthSalt;
    }
}

package computer.autonet.protocol.solver;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.role.ServiceRecord;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a solver has promised and done.
 *
 * @param owner absent until it has declared something
 * @param assignments the project of each round attempt that it works on now
 */
public record SolverState(
        Optional<Identity> owner,
        int capacity,
        List<ProcessId> projects,
        SortedMap<Hash, ProcessId> assignments,
        ServiceRecord record) {
    static final SolverState EMPTY =
            new SolverState(Optional.empty(), 0, List.of(), Tables.empty(), ServiceRecord.NONE);

    public SolverState {
        projects = List.copyOf(projects);
        assignments = Tables.copyOf(assignments);
    }
}

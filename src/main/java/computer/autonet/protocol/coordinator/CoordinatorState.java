package computer.autonet.protocol.coordinator;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.role.ServiceRecord;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a coordinator sits on, is bound to and has done.
 *
 * @param owner absent until it has enlisted
 * @param seats the project of each committee that it sits on now
 * @param bonds per project: with each solver, in 65535ths; absent is zero
 * @param record votes that agreed, that did not, and silences
 */
public record CoordinatorState(
        Optional<Identity> owner,
        List<ProcessId> projects,
        SortedMap<Hash, ProcessId> seats,
        SortedMap<ProcessId, Bonds> bonds,
        ServiceRecord record) {
    static final CoordinatorState EMPTY =
            new CoordinatorState(Optional.empty(), List.of(), Tables.empty(), Tables.empty(), ServiceRecord.NONE);

    public CoordinatorState {
        projects = List.copyOf(projects);
        seats = Tables.copyOf(seats);
        bonds = Tables.copyOf(bonds);
    }
}

package computer.autonet.protocol.task;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.List;
import java.util.SortedMap;

/**
 * What a committee decided.
 *
 * @param truthSalt what opened the truth; the next round's seed binds it
 * @param accepted updates to average, in the order of their solvers
 * @param incentives of accepted solvers, as Q32.32 shares of the solvers' part
 * @param dividends of agreeing coordinators, as Q32.32 shares of the coordinators' part
 * @param bonds after the epoch, per agreeing coordinator
 * @param certifiers the committee that certifies the average
 */
public record TaskResult(
        Hash truthSalt,
        List<Update> accepted,
        List<Identity> rejected,
        List<Identity> silentSolvers,
        List<Identity> silentCoordinators,
        List<Identity> poorCoordinators,
        SortedMap<Identity, Long> incentives,
        SortedMap<Identity, Long> dividends,
        List<Seat> bonds,
        List<Seat> certifiers) {
    public TaskResult {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
        silentSolvers = List.copyOf(silentSolvers);
        silentCoordinators = List.copyOf(silentCoordinators);
        poorCoordinators = List.copyOf(poorCoordinators);
        incentives = Tables.copyOf(incentives);
        dividends = Tables.copyOf(dividends);
        bonds = List.copyOf(bonds);
        certifiers = List.copyOf(certifiers);
    }
}

package computer.autonet.protocol.task;

import computer.autonet.base.Amount;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.SortedMap;

/**
 * A place on the committee.
 *
 * @param stake what the coordinator has locked, its weight
 * @param bonds with the drawn solvers, in 65535ths; absent is zero
 */
public record Seat(Identity coordinator, Amount stake, SortedMap<Identity, Integer> bonds) {
    public Seat {
        bonds = Tables.copyOf(bonds);
    }
}

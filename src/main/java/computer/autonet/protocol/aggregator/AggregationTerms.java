package computer.autonet.protocol.aggregator;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.project.Recipe;
import computer.autonet.protocol.task.Seat;
import computer.autonet.protocol.task.Update;
import java.util.List;

/**
 * What is to be averaged, by whom, and who certifies it.
 *
 * @param updates the accepted ones; they weigh equally, in this order
 * @param certifiers the committee, with its stakes
 * @param aggregators whose turn it is, one after the other
 * @param turnMillis how long each has
 */
public record AggregationTerms(
        ProcessId project,
        ProcessId task,
        Hash reference,
        int round,
        Recipe recipe,
        List<Update> updates,
        List<Seat> certifiers,
        List<Identity> aggregators,
        long turnMillis) {
    public AggregationTerms {
        updates = List.copyOf(updates);
        certifiers = List.copyOf(certifiers);
        aggregators = List.copyOf(aggregators);
    }
}

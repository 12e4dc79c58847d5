package computer.autonet.protocol.learning;

import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.SortedMap;

/**
 * A way to make one model of many updates: a pure function with the same bits on every machine, so that coordinators can
 * certify what an aggregator publishes. Each strategy is one file.
 */
public interface AggregationRule {
    /** What a project's settings call it. */
    String name();

    /**
     * The model that the updates make of {@code base}. An update is a whole model as its solver trained it; without any
     * the model stays {@code base} (LEARN-04).
     *
     * @throws IllegalArgumentException if an update has another number of parameters than the base
     */
    Parameters aggregate(Parameters base, SortedMap<Identity, Parameters> updates);

    /** The model without the update of one solver, from which its score is measured (LEARN-05). */
    default Parameters without(Identity solver, Parameters base, SortedMap<Identity, Parameters> updates) {
        return aggregate(base, Tables.without(updates, solver));
    }
}

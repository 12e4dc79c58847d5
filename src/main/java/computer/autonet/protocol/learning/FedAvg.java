package computer.autonet.protocol.learning;

import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.SortedMap;

/**
 * The mean of all updates, each weighing the same (McMahan et al., 2017, without weights by samples, which a solver could
 * only claim) (LEARN-03).
 */
public final class FedAvg implements AggregationRule {
    public static final String NAME = "fedavg";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Parameters aggregate(Parameters base, SortedMap<Identity, Parameters> updates) {
        if (updates.isEmpty()) {
            return base;
        }
        double[] sums = new double[base.count()];
        // Float64 addition is not associative: the order is that of the identities, whatever the map's comparator.
        Tables.copyOf(updates).forEach((solver, update) -> {
            if (update.count() != base.count()) {
                throw new IllegalArgumentException("the update of " + solver + " has " + update.count()
                        + " parameters, the model " + base.count() + "; train the recipe's model");
            }
            update.addTo(sums);
        });
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sums[i] / updates.size());
        }
        return Parameters.owning(mean);
    }
}

package computer.autonet.adapter.lease;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;

/** Pekko's lease over a {@link LeaseKeeper}. */
abstract class KeptLease extends Lease {
    private final LeaseSettings settings;
    private final LeaseKeeper keeper;

    KeptLease(LeaseSettings settings, ExtendedActorSystem system, LeaseStore store) {
        this.settings = settings;
        this.keeper =
                Leases.get(system).keeper(settings.leaseName(), settings.ownerName(), store, LeaseTiming.of(settings));
    }

    @Override
    public final LeaseSettings getSettings() {
        return settings;
    }

    @Override
    public final CompletionStage<Boolean> acquire() {
        return keeper.acquire();
    }

    @Override
    public final CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> leaseLost) {
        return keeper.acquire(leaseLost);
    }

    @Override
    public final CompletionStage<Boolean> release() {
        return keeper.release();
    }

    @Override
    public final boolean checkLease() {
        return keeper.held();
    }
}

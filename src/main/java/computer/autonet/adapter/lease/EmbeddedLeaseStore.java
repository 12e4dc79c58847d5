package computer.autonet.adapter.lease;

import computer.autonet.adapter.journal.EventLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Leases of one process: holders in memory, epochs as counters in its event log. The log is open in one process at a time
 * (JRN-05), so whatever an earlier process held has ended with it, and a restarted node waits for nobody (LEASE-06).
 */
final class EmbeddedLeaseStore implements LeaseStore {
    private static final String COUNTER = "lease/";

    private final EventLog log;
    private final LongSupplier nanos;
    private final Map<String, Holding> holdings = new HashMap<>();

    private record Holding(String holder, long epoch, long until) {}

    EmbeddedLeaseStore(EventLog log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** The holder is entered before the counter is on disk, so that nobody else takes the lease meanwhile. */
    @Override
    public synchronized CompletionStage<OptionalLong> take(String lease, String holder, Duration ttl) {
        Holding now = holdings.get(lease);
        if (now != null && nanos.getAsLong() - now.until < 0) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }
        long until = nanos.getAsLong() + ttl.toNanos();
        holdings.put(lease, new Holding(holder, 0, until));
        return log.increment(COUNTER + lease).thenApply(epoch -> {
            synchronized (this) {
                holdings.computeIfPresent(
                        lease,
                        (name, entered) -> entered.holder.equals(holder) ? new Holding(holder, epoch, until) : entered);
            }
            return OptionalLong.of(epoch);
        });
    }

    @Override
    public synchronized CompletionStage<Boolean> renew(String lease, String holder, long epoch, Duration ttl) {
        boolean mine = isHeld(lease, holder, epoch);
        if (mine) {
            holdings.put(lease, new Holding(holder, epoch, nanos.getAsLong() + ttl.toNanos()));
        }
        return CompletableFuture.completedFuture(mine);
    }

    @Override
    public synchronized CompletionStage<Boolean> release(String lease, String holder, long epoch) {
        boolean mine = isHeld(lease, holder, epoch);
        if (mine) {
            holdings.remove(lease);
        }
        return CompletableFuture.completedFuture(mine);
    }

    private boolean isHeld(String lease, String holder, long epoch) {
        Holding now = holdings.get(lease);
        return now != null && now.holder.equals(holder) && now.epoch == epoch && nanos.getAsLong() - now.until < 0;
    }
}

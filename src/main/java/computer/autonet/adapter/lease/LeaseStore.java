package computer.autonet.adapter.lease;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The one place that decides who holds a lease: a row per lease name with the last epoch and, for a time, its holder. */
interface LeaseStore {
    /**
     * Takes the lease if nobody has it. The answer is the new epoch, one above the last (LEASE-01), or nothing if somebody
     * has it, be it an earlier attempt of the same process: an attempt names a holder of its own (LEASE-07). The row forgets the holder {@code ttl} after it was
     * written, at most {@link LeaseTiming#margin} early.
     */
    CompletionStage<OptionalLong> take(String lease, String holder, Duration ttl);

    /** Lets the row remember the holder for another {@code ttl}; false if it is no longer this holder's under this epoch. */
    CompletionStage<Boolean> renew(String lease, String holder, long epoch, Duration ttl);

    /** Frees the lease and keeps its epoch; false if it was no longer this holder's. */
    CompletionStage<Boolean> release(String lease, String holder, long epoch);
}

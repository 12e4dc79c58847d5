package computer.autonet.adapter.lease;

import java.time.Duration;
import org.apache.pekko.coordination.lease.LeaseSettings;

/**
 * The times of a lease. A holder believes in it for {@code ttl - margin} from the moment at which it <em>sent</em> the request
 * that was confirmed, by its own clock (LEASE-02); the store gives it to another no sooner than {@code ttl - margin} after it
 * received that request, whatever its clock (LEASE-03).
 *
 * @param ttl how long the store remembers a holder; whole seconds, as Cassandra counts them
 * @param margin what covers the store's rounding (1 s), the difference between its nodes' clocks, and the drift of a holder's
 * @param interval time between renewals; at least two fit into the time of belief, so that one may fail
 * @param timeout after which an answer counts as lost
 */
record LeaseTiming(Duration ttl, Duration margin, Duration interval, Duration timeout) {
    LeaseTiming {
        if (ttl.toNanosPart() != 0 || ttl.toSeconds() < 1) {
            throw new IllegalArgumentException("heartbeat-timeout must be whole seconds, not " + ttl);
        }
        if (margin.isNegative() || interval.multipliedBy(2).compareTo(ttl.minus(margin)) > 0) {
            throw new IllegalArgumentException("two heartbeat-intervals of " + interval
                    + " must fit into heartbeat-timeout " + ttl + " less clock-margin " + margin);
        }
    }

    static LeaseTiming of(LeaseSettings settings) {
        return new LeaseTiming(
                settings.timeoutSettings().getHeartbeatTimeout(),
                settings.leaseConfig().getDuration("clock-margin"),
                settings.timeoutSettings().getHeartbeatInterval(),
                settings.timeoutSettings().getOperationTimeout());
    }

    /** The end of belief for a request that was sent at this time and then confirmed. */
    long believedUntil(long sentNanos) {
        return sentNanos + ttl.minus(margin).toNanos();
    }
}

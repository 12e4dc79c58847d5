package computer.autonet.adapter.lease;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Elapsed nanoseconds, by whichever of the monotonic and the wall clock ran further since the last look. The monotonic clock
 * of Linux stands still while a machine is suspended; the wall clock does not, but may be set back. A jump of the wall clock
 * forward ends a lease early, which is safe (LEASE-04).
 */
final class SteadyClock {
    private final LongSupplier monotonic;
    private final InstantSource wall;
    private long lastMonotonic;
    private Instant lastWall;
    private long elapsed;

    SteadyClock(LongSupplier monotonic, InstantSource wall) {
        this.monotonic = monotonic;
        this.wall = wall;
        this.lastMonotonic = monotonic.getAsLong();
        this.lastWall = wall.instant();
    }

    synchronized long now() {
        long nowMonotonic = monotonic.getAsLong();
        Instant nowWall = wall.instant();
        elapsed += Math.max(nowMonotonic - lastMonotonic, lastWall.until(nowWall, ChronoUnit.NANOS));
        lastMonotonic = nowMonotonic;
        lastWall = nowWall;
        return elapsed;
    }
}

package computer.autonet.adapter.lease;

import java.time.Duration;

/** A holder's clock and timer. */
interface LeaseTime {
    /** Nanoseconds that never go back and have no meaning but their difference. */
    long now();

    /** Runs the action once, no sooner than this. */
    void after(Duration delay, Runnable action);
}

package computer.autonet.protocol.rewards;

import computer.autonet.base.Amount;

/**
 * What it costs to have said nothing: one percent of the lock, rounded down (REWARD-04). Replay cannot tell silence from
 * a message that was held back, so the price is small.
 */
public final class Silence {
    public static final int PERCENT = 1;

    private Silence() {}

    public static Amount chargeOn(Amount lock) {
        return lock.share(PERCENT, 100);
    }
}

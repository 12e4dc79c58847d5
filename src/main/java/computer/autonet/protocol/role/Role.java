package computer.autonet.protocol.role;

import computer.autonet.base.Amount;
import java.time.Duration;
import java.util.Locale;

/** STAKE-01: what a participant does for a project, the least it locks for that, and for how long. */
public enum Role {
    PROPOSER(100, Duration.ofDays(7)),
    SOLVER(50, Duration.ofDays(3)),
    COORDINATOR(500, Duration.ofDays(14)),
    AGGREGATOR(1000, Duration.ofDays(14));

    private final Amount minimumStake;
    private final Duration lock;

    Role(long minimumTokens, Duration lock) {
        this.minimumStake = Amount.ofTokens(minimumTokens);
        this.lock = lock;
    }

    public Amount minimumStake() {
        return minimumStake;
    }

    /** STAKE-02: how long a stake stays locked from the moment it was locked, before the network's time scale. */
    public Duration lock() {
        return lock;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

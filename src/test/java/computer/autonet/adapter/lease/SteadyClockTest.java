package computer.autonet.adapter.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private long monotonic = 1_000;
    private Instant wall = Instant.parse("2026-11-01T00:00:00Z");

    /** LEASE-04. */
    @Test
    void aSuspendedMachinesTimeCountsAndAWallClockSetBackDoesNot() {
        SteadyClock clock = new SteadyClock(() -> monotonic, () -> wall);
        long start = clock.now();
        monotonic += 5_000;
        wall = wall.plusNanos(5_000);
        assertThat(clock.now() - start).isEqualTo(5_000);
        wall = wall.plusSeconds(60);
        assertThat(clock.now() - start).isEqualTo(5_000 + 60_000_000_000L);
        wall = wall.minusSeconds(3600);
        monotonic += 7;
        assertThat(clock.now() - start).isEqualTo(5_007 + 60_000_000_000L);
    }
}

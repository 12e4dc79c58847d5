package computer.autonet.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whole projects under faults, seed by seed; a failure names the seed that repeats it. */
class SimulationTest {
    /** More with -DargLine=-Dautonet.sim.seeds=5000. */
    private static final int SEEDS = Integer.getInteger("autonet.sim.seeds", 100);

    @Test
    void everyAttemptEndsAndNoMoneyIsLostWhateverFailsAndTheSameSeedGivesTheSameLogs() {
        int published = 0;
        int voided = 0;
        var traded = new Scenario.Trade(0, 0, 0);
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                var scenario = new Scenario(seed);
                scenario.run();
                published += scenario.published();
                voided += scenario.voided();
                traded = traded.plus(scenario.traded());
                assertThat(heads(new Scenario(seed))).isEqualTo(headsOf(scenario));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " fails: " + e.getMessage(), e);
            }
        }
        System.out.println(SEEDS + " seeds, " + published + " rounds published, " + voided
                + " attempts voided, of other assets: " + traded);
        assertThat(published).as("faults leave something to be published").isGreaterThan(SEEDS);
        assertThat(voided).as("faults void something").isGreaterThan(SEEDS / 2);
        assertThat(traded.arrived()).as("other assets arrive").isGreaterThan(SEEDS);
        assertThat(traded.returned()).as("other assets come back").isGreaterThan(SEEDS);
        assertThat(traded.swept()).as("other assets leave escrows").isPositive();
    }

    private static Map<ProcessId, Hash> heads(Scenario scenario) {
        scenario.run();
        return headsOf(scenario);
    }

    private static Map<ProcessId, Hash> headsOf(Scenario scenario) {
        var heads = new TreeMap<ProcessId, Hash>();
        scenario.world().hosts.forEach((id, host) -> heads.put(id, host.state().head()));
        return heads;
    }
}

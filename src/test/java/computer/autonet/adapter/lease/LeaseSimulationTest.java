package computer.autonet.adapter.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Contenders for one lease in a bad world: late, lost and failed requests, drifting and skewed clocks, frozen processes. */
class LeaseSimulationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long END = 600 * SECOND;
    private static final long SEEDS = 300;

    private static final LeaseTiming AS_SHIPPED = timing(2500);

    private static LeaseTiming timing(long marginMillis) {
        return new LeaseTiming(
                Duration.ofSeconds(10), Duration.ofMillis(marginMillis), Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    /** What a run showed: instants with two holders, holdings by contenders, and everything in order. */
    private record Outcome(int overlaps, Set<String> holdings, int lost) {}

    /** A process whose clock drifts by up to a thousandth and whose timers stand still while it is frozen. */
    private static final class Contender implements LeaseTime {
        private final VirtualTime world;
        private final double rate;
        private final long offset;
        private long frozenUntil;

        Contender(VirtualTime world, SplittableRandom random) {
            this.world = world;
            this.rate = 1 + (random.nextDouble() - 0.5) / 500;
            this.offset = random.nextLong(1 << 30);
        }

        @Override
        public long now() {
            return offset + (long) (world.now() * rate);
        }

        @Override
        public void after(Duration delay, Runnable action) {
            world.after((long) (delay.toNanos() / rate) + 1, () -> whenThawed(action));
        }

        private void whenThawed(Runnable action) {
            if (world.now() < frozenUntil) {
                world.at(frozenUntil, () -> whenThawed(action));
            } else {
                action.run();
            }
        }
    }

    private static Outcome run(long seed, LeaseTiming timing) {
        SplittableRandom random = new SplittableRandom(seed);
        VirtualTime world = new VirtualTime();
        SimulatedStore store = new SimulatedStore(world, random.split(), SECOND);
        Set<String> holdings = new LinkedHashSet<>();
        List<LeaseKeeper> keepers = new ArrayList<>();
        int[] lost = {0};
        for (int i = 0; i < 3; i++) {
            Contender contender = new Contender(world, random.split());
            String name = "node" + i;
            LeaseKeeper keeper = new LeaseKeeper("lease", name, store, contender, timing);
            keepers.add(keeper);
            live(world, random.split(), contender, keeper, name, holdings, lost);
        }
        int overlaps = 0;
        while (world.step(END)) {
            if (keepers.stream().filter(LeaseKeeper::held).count() > 1) {
                overlaps++;
            }
        }
        assertThat(store.given.stream().map(given -> given.replaceAll(".*@", "")))
                .as("epochs given, seed " + seed)
                .isEqualTo(LongStream.rangeClosed(1, store.given.size())
                        .mapToObj(Long::toString)
                        .toList());
        assertThat(store.given.stream().map(given -> given.replaceAll("#\\d+", "")))
                .as("seed " + seed)
                .containsAll(holdings);
        return new Outcome(overlaps, holdings, lost[0]);
    }

    /** Asks again and again, keeps what it gets for a while, gives it back, and freezes now and then. */
    private static void live(
            VirtualTime world,
            SplittableRandom random,
            Contender contender,
            LeaseKeeper keeper,
            String name,
            Set<String> holdings,
            int[] lost) {
        contender.after(Duration.ofMillis(random.nextInt(200, 3000)), () -> {
            if (random.nextInt(12) == 0) {
                contender.frozenUntil = world.now() + random.nextLong(25 * SECOND);
            }
            if (keeper.held() && random.nextInt(8) == 0) {
                keeper.release();
            } else if (!keeper.held()) {
                keeper.acquire(cause -> lost[0]++).whenComplete((got, failure) -> {
                    if (failure == null && got) {
                        holdings.add(name + "@" + keeper.epoch());
                    }
                });
            }
            live(world, random, contender, keeper, name, holdings, lost);
        });
    }

    /** LEASE-01, LEASE-02, LEASE-03, LEASE-07. */
    @Test
    void neverDoTwoHoldItAndEveryHoldingHasTheNextEpoch() {
        int holdings = 0;
        int lost = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Outcome outcome = run(seed, AS_SHIPPED);
            assertThat(outcome.overlaps())
                    .as("instants with two holders, seed " + seed)
                    .isZero();
            holdings += outcome.holdings().size();
            lost += outcome.lost();
        }
        assertThat(holdings).as("the lease is taken often").isGreaterThan((int) SEEDS * 20);
        assertThat(lost).as("and lost often").isGreaterThan((int) SEEDS);
    }

    /** The margin is what keeps holders apart: without it, this simulation sees two. */
    @Test
    void withoutTheMarginTwoHoldIt() {
        int overlaps = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            overlaps += run(seed, timing(0)).overlaps();
        }
        assertThat(overlaps).isPositive();
    }

    @Test
    void aSeedRunsTheSameTwice() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(run(seed, AS_SHIPPED)).isEqualTo(run(seed, AS_SHIPPED));
        }
    }
}

package computer.autonet.engine.awareness;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.engine.awareness.Awareness.Surroundings;
import org.junit.jupiter.api.Test;

class AwarenessTest {
    private static boolean fresh(boolean selfUp, int members, int unreachable) {
        var seen = new Surroundings(selfUp, members, members - unreachable, unreachable);
        return new Awareness(() -> seen).fresh();
    }

    @Test
    void node03_onlyAMemberThatReachesMoreThanHalfIsFresh() {
        assertThat(fresh(true, 1, 0)).isTrue();
        assertThat(fresh(true, 3, 1)).isTrue();
        assertThat(fresh(true, 3, 2)).isFalse();
        assertThat(fresh(true, 2, 1)).as("half is no majority").isFalse();
        assertThat(fresh(true, 4, 2)).as("half is no majority").isFalse();
        assertThat(fresh(false, 3, 0)).as("not yet a member").isFalse();
    }
}

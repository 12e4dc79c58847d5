package computer.autonet.process;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.KindCodec;
import computer.autonet.codec.StateCodec;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.process.ProcessState;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A process to which very many have written can still be asked from every node. */
class PopularProcessTest {
    private static final int WRITERS = 60_000;
    private static final int FRAME_BYTES = 2 << 20;

    private static Identity writer(int number) {
        return new Identity(Hash.digest("writer " + number));
    }

    private static ProcessState<?> popular() {
        SortedMap<Identity, Long> nonces = new TreeMap<>();
        SortedMap<ProcessId, Long> received = new TreeMap<>();
        for (int number = 0; number < WRITERS; number++) {
            nonces.put(writer(number), number + 1L);
            received.put(ProcessId.owned(Kind.ACCOUNT, Hash.digest("network"), Hash.digest("source " + number)), 3L);
        }
        var fresh = KindCodec.of(Kind.ACCOUNT)
                .kernel(People.GENESIS, new ConstitutionGuard())
                .initial(People.account(People.ALICE));
        return new ProcessState<>(
                fresh.id(),
                fresh.versions(),
                WRITERS,
                1,
                1,
                fresh.head(),
                nonces,
                Tables.empty(),
                received,
                received,
                fresh.domain());
    }

    @Test
    void host16AnAnswerDoesNotGrowWithWhoEverWroteToAProcess() {
        ProcessState<?> state = popular();
        ProcessView view = ProcessView.of(state, Optional.of(writer(7)));

        assertThat(StateCodec.encode(state).toArray()).hasSizeGreaterThan(FRAME_BYTES);
        assertThat(Answer.Told.of(view).domain().toArray()).hasSizeLessThan(200);
        assertThat(view.root()).isEqualTo(StateCodec.root(state));
        assertThat(view.nextSlot()).isEqualTo(WRITERS);
        assertThat(view.nextNonce()).isEqualTo(9);
        assertThat(ProcessView.of(state, Optional.of(People.BOB.identity())).nextNonce())
                .isEqualTo(1);
    }
}

package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.codec.KindCodec;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.process.AmendedRules;
import computer.autonet.protocol.process.ByVersion;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Guard;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Rules;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.solver.SolverEvent;
import computer.autonet.protocol.solver.SolverRules;
import computer.autonet.protocol.solver.SolverState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A kind whose second version decides otherwise than its first: each log goes on by the rules that it began with. */
class VersionsTest {
    /** Solvers that may offer four places at most. */
    private static final class ModestSolvers extends AmendedRules<SolverState, SolverCommand, SolverEvent> {
        ModestSolvers() {
            super(new SolverRules());
        }

        @Override
        public Decision<SolverEvent> decide(SolverState state, SolverCommand command, Context context) {
            return command instanceof SolverCommand.Declare declare && declare.capacity() > 4
                    ? Decision.refuse(Code.INVALID_ARGUMENT, "too much", "declare 4 at most")
                    : super.decide(state, command, context);
        }
    }

    /** What a release with a second version of the rules of solvers would have. */
    private static final ByVersion<Rules<SolverState, SolverCommand, SolverEvent>> RULES =
            ByVersion.of(new SolverRules(), ByVersion.since(2, new ModestSolvers()));

    private static final Guard INDULGENT = (version, command, context) -> Optional.empty();

    /** A network, one solver of it, and the solver's log. */
    private static final class Log {
        private final Genesis genesis;
        private final List<Draft> entries = new ArrayList<>();
        private ProcessState<SolverState> state;

        Log(Versions versions) {
            genesis = new Genesis("versions", versions, 1, Tables.empty(), Tables.empty(), ALICE, List.of());
            state = kernel(INDULGENT).initial(ProcessId.owned(Kind.SOLVER, genesis.networkId(), ALICE.address()));
        }

        Kernel<SolverState, SolverCommand, SolverEvent> kernel(Guard guard) {
            return new Kernel<>(RULES, SolverCommand.class, SolverEvent.class, genesis, guard, KindCodec::action);
        }

        Outcome declare(int capacity) {
            long nonce = state.nextSlot() + 1;
            var declare = new SolverCommand.Declare(capacity, List.of());
            var input = new Input.Signed(Hash.digest("m" + nonce), ALICE, nonce, 60_000, declare, Bytes.EMPTY);
            Outcome outcome = kernel(INDULGENT).decide(state, input, 1, 1);
            if (outcome instanceof Outcome.Record record) {
                entries.add(record.draft());
                state = kernel(INDULGENT).evolve(state, record.draft(), hash(record.draft()));
            }
            return outcome;
        }

        /** As recovery and audit do it; the decisions are those that stand in the log, or it fails. */
        ProcessState<SolverState> replay(List<Draft> log) {
            ProcessState<SolverState> replayed = kernel(INDULGENT).initial(state.id());
            for (Draft entry : log) {
                assertThat(kernel(INDULGENT).decide(replayed, entry.input(), entry.timestampMillis(), entry.epoch()))
                        .isEqualTo(new Outcome.Record(entry));
                replayed = kernel(INDULGENT).evolve(replayed, entry, hash(entry));
            }
            return replayed;
        }

        private static Hash hash(Draft entry) {
            return Hash.digest("e" + entry.slot());
        }
    }

    private static final Versions SECOND = new Versions(2, 1);

    @Test
    void proc14LogsOfTwoVersionsAreReplayedSideBySideEachByItsOwnRules() {
        var old = new Log(Versions.FIRST);
        var young = new Log(SECOND);
        assertThat(old.declare(5)).isInstanceOf(Outcome.Record.class);
        assertThat(young.declare(5)).isInstanceOf(Outcome.Refused.class);
        assertThat(young.declare(4)).isInstanceOf(Outcome.Record.class);
        assertThat(old.declare(6)).isInstanceOf(Outcome.Record.class);
        assertThat(young.declare(6)).isInstanceOf(Outcome.Refused.class);

        assertThat(old.entries.get(0).versions()).contains(Versions.FIRST);
        assertThat(young.entries.get(0).versions()).contains(SECOND);
        assertThat(old.entries.get(1).versions()).as("slot 0 alone names them").isEmpty();
        assertThat(old.replay(old.entries)).isEqualTo(old.state);
        assertThat(young.replay(young.entries)).isEqualTo(young.state);
    }

    @Test
    void proc14ALogThatBeginsUnderOtherVersionsThanTheNetworkCannotFollow() {
        for (Versions other : List.of(SECOND, new Versions(1, 2))) {
            var old = new Log(Versions.FIRST);
            var young = new Log(other);
            young.declare(4);
            Draft first = young.entries.get(0);
            assertThatThrownBy(() -> old.kernel(INDULGENT).evolve(old.state, first, Hash.digest("e")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(other.toString())
                    .hasMessageContaining(Versions.FIRST.toString());
        }
    }

    @Test
    void proc14TheGuardJudgesByTheConstitutionThatTheProcessHolds() {
        List<Integer> asked = new ArrayList<>();
        var log = new Log(new Versions(1, 3));
        log.kernel((version, command, context) -> {
                    asked.add(version);
                    return Optional.empty();
                })
                .decide(
                        log.state,
                        new Input.Signed(
                                Hash.digest("m"),
                                ALICE,
                                1,
                                60_000,
                                new SolverCommand.Declare(1, List.of()),
                                Bytes.EMPTY),
                        1,
                        1);
        assertThat(asked).containsExactly(3);
    }

    @Test
    void proc14WhatDidNotChangeServesLaterVersionsToo() {
        var table = ByVersion.of("first", ByVersion.since(3, "third"));
        assertThat(List.of(table.at(1), table.at(2), table.at(3))).containsExactly("first", "first", "third");
        assertThat(table.latest()).isEqualTo(3);
        assertThatThrownBy(() -> ByVersion.of("first", ByVersion.since(1, "again")))
                .as("an old version stays what it was")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void proc14OnlySlotZeroNamesVersions() {
        var log = new Log(Versions.FIRST);
        log.declare(1);
        Draft first = log.entries.get(0);
        for (long slot = 0; slot < 2; slot++) {
            Optional<Versions> wrong = slot == 0 ? Optional.empty() : Optional.of(Versions.FIRST);
            long at = slot;
            assertThatThrownBy(() -> new Draft(
                            at, 1, 1, wrong, first.input(), first.events(), first.bounced(), 0, first.outbox()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

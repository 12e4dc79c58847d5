package computer.autonet.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.coordinator.CoordinatorState;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.project.Member;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.solver.SolverRules;
import computer.autonet.protocol.solver.SolverState;
import computer.autonet.protocol.task.VoidReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole projects over the real rules, with every role and every behaviour. */
@Timeout(180)
class WorkEngineTest {
    private static void staff(Town town, WorkEngine engine, int solvers, int coordinators) {
        town.proposer(engine, 1, Behaviour.HONEST);
        town.aggregator(engine, 2);
        for (int i = 0; i < solvers; i++) {
            town.solver(engine, 3 + i, Behaviour.HONEST);
        }
        for (int i = 0; i < coordinators; i++) {
            town.coordinator(engine, 13 + i, Behaviour.HONEST);
        }
    }

    private static void finishes(Town town) {
        town.run();
        assertThat(town.state().stage()).as(String.join("\n", town.events)).isInstanceOf(Stage.Complete.class);
    }

    private static double loss(Town town, Parameters parameters) {
        return Town.get(town.trainer.measure(Town.MODEL, parameters.toArray(), Town.stripes(99, 200)))
                .loss();
    }

    private static ProcessId owned(Town town, Kind kind, int person) {
        return ProcessId.owned(
                kind, town.genesis.networkId(), Town.key(person).identity().address());
    }

    @Test
    void work13AllWhoFollowALogShareOneWatchAndLetGoOfItWhenTheProjectIsComplete() {
        try (var town = new Town(1, 3, 3)) {
            var most = new AtomicInteger();
            town.network.onEntry(() -> most.accumulateAndGet(town.network.watches(), Math::max));
            WorkEngine engine = town.engine();
            staff(town, engine, 3, 3);
            town.await(state -> state.stage() instanceof Stage.Complete);
            // Eight with three each would be two dozen.
            assertThat(most.get()).isBetween(1, 4);
            town.await(state -> town.network.watches() == 0);
        }
    }

    @Test
    void work13AnEngineThatIsClosedFollowsNothing() {
        try (var town = new Town(1, 3, 3)) {
            WorkEngine engine = town.engine();
            town.proposer(engine, 1, Behaviour.HONEST);
            town.aggregator(engine, 2);
            town.await(state -> state.roster().size() == 2 && town.network.watches() == 1);
            engine.close();
            town.await(state -> town.network.watches() == 0);
        }
    }

    @Test
    void work09ANodeThatHasNoRoomToSendAnUpdateDoesNotMakeItUnreadable() {
        try (var town = new Town(1, 2, 3)) {
            Hash initial = town.state().terms().initialModel().hash();
            town.network.fullFor(blob -> !blob.equals(initial));
            staff(town, town.engine(), 2, 3);
            town.await(state -> town.event("coordinator", "Troubled", "FULL").isPresent());
            town.network.fullFor(blob -> false);
            finishes(town);
            assertThat(town.state().summaries())
                    .hasSize(1)
                    .allSatisfy(round -> assertThat(round.accepted()).hasSize(2));
        }
    }

    @Test
    void work11WhoLeavesStaysAwayWhileItsParticipantRuns() {
        try (var town = new Town(1, 2, 3)) {
            WorkEngine engine = town.engine();
            Participant solver = town.solver(engine, 3, Behaviour.HONEST);
            var left = new MemberKey(Role.SOLVER, solver.identity());
            town.await(state -> state.roster().containsKey(left) && solver.idle());
            Town.get(town.client.submit(Town.key(3), town.project, new ProjectCommand.Leave(Role.SOLVER)));
            Participant other = town.solver(engine, 4, Behaviour.HONEST);
            town.await(state -> state.roster().containsKey(new MemberKey(Role.SOLVER, other.identity()))
                    && town.network.allCaughtUp()
                    && solver.idle()
                    && other.idle());
            assertThat(town.state().roster()).doesNotContainKey(left);
            var account = (AccountState) town.network.state(owned(town, Kind.ACCOUNT, 3));
            assertThat(account.locks()).hasSize(1);
        }
    }

    /** It has no time to see that it was a member: the log that would have told it is read after it has left. */
    @Test
    void work11WhoLeavesAtTheMomentOfJoiningStaysAwayToo() {
        try (var town = new Town(1, 2, 3)) {
            town.listener = (who, role, event) -> {
                if (event instanceof WorkEvent.Staked && who.equals(Town.key(3).identity())) {
                    Town.get(town.client.submit(Town.key(3), town.project, new ProjectCommand.Leave(Role.SOLVER)));
                }
            };
            WorkEngine engine = town.engine();
            Participant solver = town.solver(engine, 3, Behaviour.HONEST);
            town.await(state -> town.event("Staked").isPresent() && town.network.allCaughtUp() && solver.idle());
            assertThat(town.state().roster()).isEmpty();
            var account = (AccountState) town.network.state(owned(town, Kind.ACCOUNT, 3));
            assertThat(account.locks())
                    .hasSize(1)
                    .allSatisfy((number, lock) -> assertThat(lock.released()).isTrue());
        }
    }

    /** Too many watch now; or the watch is refused for good. */
    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"FULL", "NO_SUCH_PROCESS"})
    void work13WhoCannotWatchAsksInsteadAndFinishes(Code why) {
        try (var town = new Town(1, 2, 3)) {
            town.network.refuseWatches(Kind.TASK, why);
            staff(town, town.engine(), 2, 3);
            town.await(state -> state.stage() instanceof Stage.Complete);
            assertThat(town.state().models()).hasSize(1);
            town.await(state -> town.network.watches() <= 2);
        }
    }

    @Test
    void work05Work10HonestParticipantsFinishTwoRoundsAndAllEarnAndTheModelLearns() {
        try (var town = new Town(2, 3, 3)) {
            staff(town, town.engine(), 3, 3);
            finishes(town);

            assertThat(town.state().models()).hasSize(2).doesNotHaveDuplicates();
            assertThat(town.state().summaries()).hasSize(2).allSatisfy(round -> {
                assertThat(round.voided()).isEmpty();
                assertThat(round.accepted()).hasSize(3);
            });
            assertThat(town.event("Troubled")).isEmpty();
            Parameters last = Parameters.decode(
                    town.network.blob(town.state().models().get(1).hash()));
            Parameters first = Parameters.of(town.trainer.initial(Town.MODEL, 0));
            assertThat(loss(town, last)).isLessThan(loss(town, first) / 2);
            for (int person : new int[] {1, 2, 3, 4, 5, 13, 14, 15}) {
                var account = (AccountState) town.network.state(owned(town, Kind.ACCOUNT, person));
                assertThat(account.total()).as("person " + person).isGreaterThan(Amount.ofTokens(10_000));
            }
        }
    }

    /** As after years of work: its list holds as many projects as may stand, of which none asks for it any more. */
    @Test
    void work11ADeclarationThatIsFullMakesRoomByWhatNobodyAsksForAnyMore() {
        try (var town = new Town(1, 2, 3)) {
            List<ProcessId> past = IntStream.range(0, SolverRules.MAX_PROJECTS)
                    .mapToObj(number -> new ProcessId(Kind.PROJECT, Hash.digest("past " + number)))
                    .toList();
            ProcessId solver = owned(town, Kind.SOLVER, 3);
            Town.get(town.client.submit(Town.key(3), solver, new SolverCommand.Declare(1, past)));
            staff(town, town.engine(), 2, 3);
            finishes(town);
            assertThat(((SolverState) town.network.state(solver)).projects()).containsExactly(town.project);
        }
    }

    @Test
    void work11AStakeIsLockedOnceHoweverOftenAParticipantStarts() {
        try (var town = new Town(1, 2, 3)) {
            for (int i = 0; i < 3; i++) {
                var engine = town.engine();
                staff(town, engine, 2, 3);
                engine.close();
            }
            staff(town, town.engine(), 2, 3);
            finishes(town);
            var account = (AccountState) town.network.state(owned(town, Kind.ACCOUNT, 3));
            assertThat(account.locks()).hasSize(1);
        }
    }

    @Test
    void work12NothingIsDoneWhileTheNetworkIsNotFresh() {
        try (var town = new Town(1, 2, 3)) {
            town.fresh.set(false);
            long before = town.network.entries();
            staff(town, town.engine(), 2, 3);
            var looked = CompletableFuture.supplyAsync(
                    town.network::entries, CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
            assertThat(looked.join()).isEqualTo(before);
            town.fresh.set(true);
            finishes(town);
        }
    }

    @Test
    void work08RandomAndSignFlippedUpdatesAreRejectedAndEarnNothing() {
        try (var town = new Town(2, 5, 3)) {
            var engine = town.engine();
            staff(town, engine, 3, 3);
            town.solver(engine, 8, Behaviour.RANDOM);
            town.solver(engine, 9, Behaviour.SIGNFLIP);
            finishes(town);
            for (int person : new int[] {8, 9}) {
                Member member = town.member(Role.SOLVER, person);
                assertThat(member.earned()).isEqualTo(Amount.ZERO);
                assertThat(member.charged()).isEqualTo(Amount.ZERO);
                assertThat(town.state().summaries())
                        .allSatisfy(round -> assertThat(round.rejected())
                                .contains(Town.key(person).identity()));
            }
            assertThat(town.member(Role.SOLVER, 3).earned()).isGreaterThan(Amount.ZERO);
        }
    }

    @Test
    void silentSolversAndCopycatsAreChargedForSilence() {
        try (var town = new Town(1, 4, 3)) {
            var engine = town.engine();
            staff(town, engine, 2, 3);
            town.solver(engine, 8, Behaviour.SILENT);
            town.solver(engine, 9, Behaviour.COPYCAT);
            finishes(town);
            assertThat(town.event("repeats another's commitment")).isPresent();
            for (int person : new int[] {8, 9}) {
                Member member = town.member(Role.SOLVER, person);
                assertThat(member.earned()).isEqualTo(Amount.ZERO);
                assertThat(member.charged()).isGreaterThan(Amount.ZERO);
                var solver = (SolverState) town.network.state(owned(town, Kind.SOLVER, person));
                assertThat(solver.record().silent()).isEqualTo(1);
            }
            assertThat(town.member(Role.SOLVER, 3).earned()).isGreaterThan(Amount.ZERO);
        }
    }

    @Test
    void lazyAndLyingCoordinatorsEarnNoDividend() {
        try (var town = new Town(1, 2, 7)) {
            var engine = town.engine();
            staff(town, engine, 2, 5);
            town.coordinator(engine, 20, Behaviour.LAZY);
            town.coordinator(engine, 21, Behaviour.LIAR);
            finishes(town);
            for (int person : new int[] {20, 21}) {
                assertThat(town.member(Role.COORDINATOR, person).earned()).isEqualTo(Amount.ZERO);
                assertThat(town.member(Role.COORDINATOR, person).charged()).isEqualTo(Amount.ZERO);
                var coordinator = (CoordinatorState) town.network.state(owned(town, Kind.COORDINATOR, person));
                assertThat(coordinator.record().poor()).isEqualTo(1);
            }
            assertThat(town.member(Role.COORDINATOR, 13).earned()).isGreaterThan(Amount.ZERO);
        }
    }

    @Test
    void aCoordinatorThatCopiesASealCannotOpenItAndIsCharged() {
        try (var town = new Town(1, 2, 4)) {
            var engine = town.engine();
            staff(town, engine, 2, 3);
            town.coordinator(engine, 20, Behaviour.COPY);
            finishes(town);
            assertThat(town.member(Role.COORDINATOR, 20).earned()).isEqualTo(Amount.ZERO);
            assertThat(town.member(Role.COORDINATOR, 20).charged()).isGreaterThan(Amount.ZERO);
        }
    }

    @Test
    void aWithheldTruthVoidsTheAttemptAndTheNextProposerRepeatsTheRound() {
        try (var town = new Town(2, 2, 3)) {
            var engine = town.engine();
            town.proposer(engine, 10, Behaviour.WITHHOLD);
            town.aggregator(engine, 2);
            for (int i = 0; i < 2; i++) {
                town.solver(engine, 3 + i, Behaviour.HONEST);
            }
            for (int i = 13; i < 16; i++) {
                town.coordinator(engine, i, Behaviour.HONEST);
            }
            // The only proposer has the first turn; the honest one comes after it.
            town.run(state -> state.stage() instanceof Stage.Running);
            town.proposer(engine, 1, Behaviour.HONEST);
            finishes(town);
            assertThat(town.state().models()).hasSize(2);
            assertThat(town.event("withholds the truth")).isPresent();
            assertThat(town.state().summaries())
                    .extracting(RoundSummary::voided)
                    .anySatisfy(reason -> assertThat(reason).hasValue(VoidReason.NO_TRUTH));
            assertThat(town.member(Role.PROPOSER, 10).charged()).isGreaterThan(Amount.ZERO);
        }
    }

    @Test
    void work09ATruthThatNobodyCanFetchIsVotedUnreadable() {
        try (var town = new Town(1, 2, 3)) {
            town.listener = (who, role, event) -> {
                if (event instanceof WorkEvent.TruthRevealed revealed && revealed.attempt() == 1) {
                    var task = ((Stage.Running) town.state().stage());
                    town.network.forget(task.proposal().truthCiphertext().hash());
                }
            };
            staff(town, town.engine(), 2, 3);
            finishes(town);
            assertThat(town.state().summaries().get(0).voided()).hasValue(VoidReason.NO_TRUTH);
            assertThat(town.state().models()).hasSize(1);
        }
    }

    @Test
    void aBehaviourOfAnotherRoleIsRefused() {
        try (var town = new Town(1, 2, 3)) {
            var engine = town.engine();
            assertThatThrownBy(() -> town.solver(engine, 3, Behaviour.LIAR))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("choose one of");
            assertThat(Behaviour.ofLabel("solver:signflip")).isEqualTo(Behaviour.SIGNFLIP);
            assertThat(Behaviour.ofLabel("aggregator:honest")).isEqualTo(Behaviour.HONEST);
            assertThatThrownBy(() -> Behaviour.ofLabel("proposer:liar")).hasMessageContaining("such as solver:random");
        }
    }
}

package computer.autonet.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.VoidReason;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Participants that are killed between any two steps, and go on when they are started again. */
@Timeout(180)
class ResumeTest {
    private static void all(Town town, WorkEngine engine) {
        town.participants.clear();
        town.proposer(engine, 1, Behaviour.HONEST);
        town.aggregator(engine, 2);
        town.solver(engine, 3, Behaviour.HONEST);
        town.solver(engine, 4, Behaviour.HONEST);
        for (int i = 13; i < 16; i++) {
            town.coordinator(engine, i, Behaviour.HONEST);
        }
    }

    /** Everybody is killed whenever anything was logged, and begins anew, with or without the work folder. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void work05Work06EverybodyMayBeKilledAfterEveryStep(boolean keepsFolder) {
        try (var town = new Town(1, 2, 3)) {
            var folder = new Town.Folder();
            int lives = 0;
            while (!(town.state().stage() instanceof Stage.Complete)) {
                assertThat(++lives).as(String.join("\n", town.events)).isLessThan(200);
                try (WorkEngine engine = town.engine(keepsFolder ? folder : new Town.Folder())) {
                    long before = town.network.entries();
                    town.network.onEntry(engine::close);
                    all(town, engine);
                    town.run(state -> town.network.entries() > before || state.stage() instanceof Stage.Complete);
                }
            }
            assertThat(lives).isGreaterThan(5);
            assertThat(town.state().summaries().get(0).voided()).isEmpty();
            assertThat(town.state().summaries()).hasSize(1);
            for (int person : List.of(3, 4)) {
                assertThat(town.member(Role.SOLVER, person).earned())
                        .as(() -> String.join("\n", town.events))
                        .isGreaterThan(Amount.ZERO);
                assertThat(town.member(Role.SOLVER, person).charged()).isEqualTo(Amount.ZERO);
            }
        }
    }

    private static Predicate<ProjectState.Founded> taskIs(Town town, Class<? extends TaskState> phase) {
        return state ->
                state.stage() instanceof Stage.Running running && phase.isInstance(town.network.state(running.task()));
    }

    @Test
    void work07WithItsFolderASolverRevealsWhatItCommittedToWithoutTrainingAgain() {
        try (var town = new Town(1, 2, 3)) {
            var folder = new Town.Folder();
            var first = town.engine(folder);
            town.solver(first, 3, Behaviour.HONEST);
            town.solver(first, 4, Behaviour.HONEST);
            var others = town.engine();
            town.aggregator(others, 2);
            for (int i = 13; i < 16; i++) {
                town.coordinator(others, i, Behaviour.HONEST);
            }
            // The proposer is away once it has proposed, so that commits close and nothing follows.
            var proposing = town.engine();
            town.listener = (who, role, event) -> {
                if (event instanceof WorkEvent.Proposed) {
                    proposing.close();
                }
            };
            town.proposer(proposing, 1, Behaviour.HONEST);
            town.run(taskIs(town, TaskState.AwaitingTruth.class));
            first.close();
            town.listener = WorkListener.NONE;
            town.proposer(town.engine(), 1, Behaviour.HONEST);
            town.run(taskIs(town, TaskState.AwaitingSolutions.class));
            int trainings = town.trainer.trainings.get();
            var second = town.engine(folder);
            town.solver(second, 3, Behaviour.HONEST);
            town.solver(second, 4, Behaviour.HONEST);
            town.run();
            assertThat(town.state().models()).hasSize(1);
            assertThat(town.trainer.trainings.get()).isEqualTo(trainings).isEqualTo(2);
        }
    }

    /** The data that a proposer draws from change while it is away: it keeps to what it had sealed. */
    @Test
    void work07WithItsFolderAProposerRevealsWhatItCommittedToAlthoughItsDataAreOthersNow() {
        try (var town = new Town(1, 2, 3)) {
            var folder = new Town.Folder();
            var first = town.engine(folder);
            town.proposer(first, 1, Behaviour.HONEST);
            var others = town.engine();
            town.aggregator(others, 2);
            town.solver(others, 3, Behaviour.HONEST);
            town.solver(others, 4, Behaviour.HONEST);
            for (int i = 13; i < 16; i++) {
                town.coordinator(others, i, Behaviour.HONEST);
            }
            town.run(state -> state.stage() instanceof Stage.Running);
            first.close();
            var second = town.engine(folder);
            town.participants.add(second.proposer(
                    Town.key(1),
                    town.project,
                    Town.STAKE,
                    (round, attempt, revealed) -> Town.stripes(4_242, 64),
                    Behaviour.HONEST));
            town.run();
            assertThat(town.state().models()).hasSize(1);
            assertThat(town.member(Role.PROPOSER, 1).charged()).isEqualTo(Amount.ZERO);
        }
    }

    @Test
    void work07AnUpdateThatDoesNotOpenTheCommitmentIsNotRevealed() {
        try (var town = new Town(1, 2, 3)) {
            var first = town.engine();
            town.solver(first, 3, Behaviour.SILENT);
            town.solver(first, 4, Behaviour.SILENT);
            var others = town.engine();
            town.proposer(others, 1, Behaviour.HONEST);
            town.aggregator(others, 2);
            for (int i = 13; i < 16; i++) {
                town.coordinator(others, i, Behaviour.HONEST);
            }
            town.run(taskIs(town, TaskState.AwaitingSolutions.class));
            first.close();
            // Without its folder and with other data, it can only make another update.
            var second = town.engine();
            town.participants.add(
                    second.solver(Town.key(3), town.project, Town.STAKE, Town.stripes(777, 50), Behaviour.HONEST));
            town.run(state -> town.event("is not the one that was committed to").isPresent());
            assertThat(town.event(" Revealed[")).isEmpty();
            second.close();
            town.participants.removeIf(p -> p.role() == Role.SOLVER);
            town.run(state -> !state.summaries().isEmpty());
            assertThat(town.state().summaries().get(0).voided()).hasValue(VoidReason.NO_SOLUTION);
        }
    }
}

package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.ALICE;
import static computer.autonet.protocol.rules.Bench.BOB;
import static computer.autonet.protocol.rules.Bench.accepted;
import static computer.autonet.protocol.rules.Bench.process;
import static computer.autonet.protocol.rules.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.coordinator.CoordinatorEvent;
import computer.autonet.protocol.coordinator.CoordinatorRules;
import computer.autonet.protocol.coordinator.CoordinatorState;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.role.Service;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.solver.SolverEvent;
import computer.autonet.protocol.solver.SolverRules;
import computer.autonet.protocol.solver.SolverState;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ParticipantRulesTest {
    private static final ProcessId PROJECT = process(Kind.PROJECT, "project");
    private static final ProcessId OTHER = process(Kind.PROJECT, "other");
    private static final Hash ONE = Hash.digest("1");
    private static final Hash TWO = Hash.digest("2");

    private final Bench<SolverState, SolverCommand, SolverEvent> solver =
            new Bench<>(new SolverRules(), Bench.owned(Kind.SOLVER, ALICE.address()));
    private final Bench<CoordinatorState, CoordinatorCommand, CoordinatorEvent> coordinator =
            new Bench<>(new CoordinatorRules(), Bench.owned(Kind.COORDINATOR, ALICE.address()));

    private void declare() {
        accepted(solver.ask(ALICE, new SolverCommand.Declare(1, List.of(PROJECT))));
    }

    @Test
    void solv01OnlyTheOwnerDeclares() {
        refused(solver.ask(BOB, new SolverCommand.Declare(1, List.of())), Code.NOT_YOURS);
        refused(solver.ask(PROJECT, new SolverCommand.Assign(ONE)), Code.NOT_AUTHORISED);
        declare();
        assertThat(solver.state.capacity()).isEqualTo(1);
    }

    @Test
    void solv02WorkIsTakenWithinFreeCapacityAndOncePerReference() {
        declare();
        refused(solver.ask(OTHER, new SolverCommand.Assign(ONE)), Code.NOT_AUTHORISED);
        accepted(solver.ask(PROJECT, new SolverCommand.Assign(ONE)));
        assertThat(solver.sent()).containsExactly(new ProjectCommand.Assigned(ONE, ALICE));
        refused(solver.ask(PROJECT, new SolverCommand.Assign(ONE)), Code.ALREADY_DONE);
        refused(solver.ask(PROJECT, new SolverCommand.Assign(TWO)), Code.NO_CAPACITY);
    }

    @Test
    void solv03TheProjectThatAssignedReleasesOnce() {
        declare();
        solver.ask(PROJECT, new SolverCommand.Assign(ONE));
        var release = new SolverCommand.Release(ONE, Service.GOOD);
        refused(solver.ask(OTHER, release), Code.NOT_AUTHORISED);
        accepted(solver.ask(PROJECT, release));
        refused(solver.ask(PROJECT, release), Code.NOT_AUTHORISED);
        assertThat(solver.state.record().good()).isEqualTo(1);
    }

    @Test
    void solv04DeclarationsAreBounded() {
        refused(solver.ask(ALICE, new SolverCommand.Declare(-1, List.of())), Code.INVALID_ARGUMENT);
        refused(solver.ask(ALICE, new SolverCommand.Declare(1_025, List.of())), Code.INVALID_ARGUMENT);
        refused(
                solver.ask(ALICE, new SolverCommand.Declare(1, Collections.nCopies(1_025, PROJECT))),
                Code.INVALID_ARGUMENT);
    }

    @Test
    void solv05AnUnwantedAcceptanceFreesThePlace() {
        declare();
        solver.ask(PROJECT, new SolverCommand.Assign(ONE));
        solver.bounce(PROJECT, new ProjectCommand.Assigned(ONE, ALICE));
        solver.bounce(PROJECT, new ProjectCommand.Assigned(ONE, ALICE));
        assertThat(solver.state.assignments()).isEmpty();
        accepted(solver.ask(PROJECT, new SolverCommand.Assign(TWO)));
    }

    private void enlist(ProcessId... projects) {
        accepted(coordinator.ask(ALICE, new CoordinatorCommand.Enlist(List.of(projects))));
    }

    private static SortedMap<Identity, Integer> bonds(Identity solver, int bond) {
        return Tables.with(Tables.<Identity, Integer>empty(), solver, bond);
    }

    @Test
    void coord01OnlyTheOwnerEnlists() {
        refused(coordinator.ask(BOB, new CoordinatorCommand.Enlist(List.of())), Code.NOT_YOURS);
        enlist(PROJECT);
        assertThat(coordinator.state.owner()).contains(ALICE);
    }

    @Test
    void coord02ASeatIsTakenOnceAndTellsTheBonds() {
        refused(coordinator.ask(PROJECT, new CoordinatorCommand.Seat(ONE, List.of(BOB))), Code.NOT_AUTHORISED);
        enlist(PROJECT);
        accepted(coordinator.ask(PROJECT, new CoordinatorCommand.Seat(ONE, List.of(BOB))));
        assertThat(coordinator.sent()).containsExactly(new ProjectCommand.Seated(ONE, ALICE, Tables.empty()));
        refused(coordinator.ask(PROJECT, new CoordinatorCommand.Seat(ONE, List.of(BOB))), Code.ALREADY_DONE);
    }

    @Test
    void coord03Yuma13NamedBondsReplaceTheOldOnesAndOthersStay() {
        enlist(PROJECT);
        Identity carol = Bench.identity("carol");
        coordinator.ask(PROJECT, new CoordinatorCommand.Seat(ONE, List.of(BOB)));
        var unseat = new CoordinatorCommand.Unseat(ONE, Service.GOOD, bonds(BOB, 7));
        refused(coordinator.ask(OTHER, unseat), Code.NOT_AUTHORISED);
        accepted(coordinator.ask(PROJECT, unseat));
        refused(coordinator.ask(PROJECT, unseat), Code.NOT_AUTHORISED);
        coordinator.ask(PROJECT, new CoordinatorCommand.Seat(TWO, List.of(BOB, carol)));
        assertThat(coordinator.sent()).containsExactly(new ProjectCommand.Seated(TWO, ALICE, bonds(BOB, 7)));
        accepted(coordinator.ask(PROJECT, new CoordinatorCommand.Unseat(TWO, Service.GOOD, bonds(carol, 9))));
        assertThat(coordinator.state.bonds().get(PROJECT).bySolver()).isEqualTo(Tables.with(bonds(BOB, 7), carol, 9));
    }

    @Test
    void coord04BondsWithProjectsThatItLeftAreForgotten() {
        refused(
                coordinator.ask(ALICE, new CoordinatorCommand.Enlist(Collections.nCopies(1_025, PROJECT))),
                Code.INVALID_ARGUMENT);
        enlist(PROJECT);
        coordinator.ask(PROJECT, new CoordinatorCommand.Seat(ONE, List.of(BOB)));
        coordinator.ask(PROJECT, new CoordinatorCommand.Unseat(ONE, Service.GOOD, bonds(BOB, 7)));
        coordinator.ask(PROJECT, new CoordinatorCommand.Seat(TWO, List.of(BOB)));
        enlist(OTHER);
        assertThat(coordinator.state.bonds()).as("it still has a seat there").hasSize(1);
        coordinator.ask(PROJECT, new CoordinatorCommand.Unseat(TWO, Service.UNUSED, Tables.empty()));
        enlist(OTHER);
        assertThat(coordinator.state.bonds()).isEmpty();
    }

    @Test
    void coord05AnUnwantedSeatIsFree() {
        enlist(PROJECT);
        coordinator.ask(PROJECT, new CoordinatorCommand.Seat(ONE, List.of(BOB)));
        coordinator.bounce(PROJECT, new ProjectCommand.Seated(ONE, ALICE, Tables.empty()));
        assertThat(coordinator.state.seats()).isEmpty();
    }
}

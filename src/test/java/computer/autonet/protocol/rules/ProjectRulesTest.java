package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.ALICE;
import static computer.autonet.protocol.rules.Bench.BOB;
import static computer.autonet.protocol.rules.Bench.accepted;
import static computer.autonet.protocol.rules.Bench.account;
import static computer.autonet.protocol.rules.Bench.blob;
import static computer.autonet.protocol.rules.Bench.identity;
import static computer.autonet.protocol.rules.Bench.owned;
import static computer.autonet.protocol.rules.Bench.process;
import static computer.autonet.protocol.rules.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.draw.HashedSeeds;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.project.Member;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectRules;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import computer.autonet.protocol.role.Service;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.task.Commitments;
import computer.autonet.protocol.task.Seat;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskResult;
import computer.autonet.protocol.task.Update;
import computer.autonet.protocol.task.VoidReason;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProjectRulesTest {
    private static final Identity SOLVER = identity("solver");
    private static final Identity PROPOSER = identity("proposer");
    private static final Identity AGGREGATOR = identity("aggregator");
    private static final List<Identity> COORDINATORS = List.of(identity("c1"), identity("c2"), identity("c3"));

    private final Bench<ProjectState, ProjectCommand, ProjectEvent> project =
            new Bench<>(new ProjectRules(), process(Kind.PROJECT, "project"));
    private final ProcessId escrow = owned(Kind.ACCOUNT, project.id.hash());
    private final ProcessId aggregation = owned(Kind.AGGREGATOR, project.id.hash());

    private ProjectState.Founded now() {
        return (ProjectState.Founded) project.state;
    }

    private Stage stage() {
        return now().stage();
    }

    private void found(ProjectTerms terms) {
        accepted(project.ask(account(ALICE), new ProjectCommand.Found(ALICE, terms)));
    }

    private void join(Role role, Identity who) {
        accepted(project.ask(
                account(who),
                new ProjectCommand.Join(who, role, role.minimumStake().plus(role.minimumStake()), 0)));
    }

    private void gather() {
        join(Role.PROPOSER, PROPOSER);
        join(Role.SOLVER, SOLVER);
        COORDINATORS.forEach(c -> join(Role.COORDINATOR, c));
        join(Role.AGGREGATOR, AGGREGATOR);
        assertThat(stage()).isInstanceOf(Stage.Proposing.class);
    }

    private Hash reference() {
        return Commitments.reference(project.id, now().round(), now().attempt());
    }

    private ProjectCommand.Propose proposal(int round) {
        return new ProjectCommand.Propose(
                round, Hash.digest("truth"), blob("c"), now().terms().recipe());
    }

    private void propose() {
        accepted(project.ask(((Stage.Proposing) stage()).proposer(), proposal(now().round())));
    }

    private ProcessId run() {
        propose();
        accepted(project.ask(escrow, new ProjectCommand.Held(reference())));
        accepted(project.ask(owned(Kind.SOLVER, SOLVER.address()), new ProjectCommand.Assigned(reference(), SOLVER)));
        return ((Stage.Running) stage()).task();
    }

    private List<Seat> seat(ProcessId task, Hash seed, List<Identity> excluded) {
        accepted(project.ask(task, new ProjectCommand.DrawCommittee(reference(), seed, excluded)));
        var invitation = ((Stage.Running) stage()).invitation().orElseThrow();
        for (Identity c : invitation.candidates()) {
            accepted(project.ask(
                    owned(Kind.COORDINATOR, c.address()),
                    new ProjectCommand.Seated(invitation.reference(), c, Tables.empty())));
        }
        return project.sent(TaskCommand.Committee.class).get(0).seats();
    }

    private ProcessId average() {
        ProcessId task = run();
        var seats = seat(task, Hash.digest("seed"), List.of(SOLVER, PROPOSER));
        var incentives = Tables.with(Tables.<Identity, Long>empty(), SOLVER, 1L << 32);
        var dividends = Tables.with(Tables.<Identity, Long>empty(), COORDINATORS.get(0), 1L << 32);
        var result = new TaskResult(
                Hash.digest("salt" + now().round()),
                List.of(new Update(SOLVER, blob("c"), blob("p"), Hash.digest("s"))),
                List.of(),
                List.of(),
                List.of(COORDINATORS.get(1)),
                List.of(),
                incentives,
                dividends,
                List.of(),
                seats);
        accepted(project.ask(task, new ProjectCommand.Decided(reference(), result)));
        return task;
    }

    private void publish() {
        average();
        accepted(project.ask(
                aggregation, new ProjectCommand.Published(reference(), blob("model"), AGGREGATOR, List.of())));
    }

    private ProjectCommand.Voided voided(VoidReason reason) {
        return new ProjectCommand.Voided(reference(), reason, List.of(SOLVER), List.of(), List.of());
    }

    @Test
    void proj01AProjectIsFoundedOnceByItsOwnersAccount() {
        refused(project.ask(account(BOB), new ProjectCommand.Found(ALICE, Bench.terms())), Code.NOT_AUTHORISED);
        refused(project.ask(account(BOB), new ProjectCommand.Join(BOB, Role.SOLVER, Amount.ZERO, 0)), Code.WRONG_PHASE);
        found(Bench.terms());
        refused(project.ask(account(ALICE), new ProjectCommand.Found(ALICE, Bench.terms())), Code.ALREADY_DONE);
    }

    @Test
    void proj02TermsOutsideTheirBoundsAreUnfit() {
        assertThat(Bench.terms().unfit()).isEmpty();
        for (var terms : List.of(
                Bench.terms("x".repeat(33), 1, 1, Amount.ZERO),
                Bench.terms("mlp", 0, 1, Amount.ZERO),
                Bench.terms("mlp", 1_001, 1, Amount.ZERO),
                Bench.terms("mlp", 1, 101, Amount.ZERO))) {
            assertThat(terms.unfit()).isPresent();
        }
    }

    @Test
    void proj03MembersAreBounded() {
        found(Bench.terms());
        var roster = new TreeMap<MemberKey, Member>();
        var member = new Member(0, Amount.ofTokens(50), false, Amount.ZERO, Amount.ZERO);
        for (int i = 0; i < ProjectRules.MAX_MEMBERS; i++) {
            roster.put(new MemberKey(Role.SOLVER, identity("m" + i)), member);
        }
        var f = now();
        project.state = new ProjectState.Founded(
                f.owner(), f.terms(), roster, f.seed(), 1, 0, f.stage(), List.of(), List.of(), List.of());
        refused(
                project.ask(account(BOB), new ProjectCommand.Join(BOB, Role.SOLVER, Amount.ofTokens(50), 0)),
                Code.FULL);
    }

    @Test
    void proj04OneStakePerRoleFromItsOwnAccountAndOfItsMinimum() {
        found(Bench.terms());
        var join = new ProjectCommand.Join(BOB, Role.SOLVER, Amount.ofTokens(50), 0);
        refused(project.ask(account(ALICE), join), Code.NOT_AUTHORISED);
        refused(
                project.ask(account(BOB), new ProjectCommand.Join(BOB, Role.SOLVER, Amount.ofTokens(49), 0)),
                Code.STAKE_TOO_LOW);
        accepted(project.ask(account(BOB), join));
        refused(project.ask(account(BOB), join), Code.ALREADY_JOINED);
        assertThat(now().eligible(Role.SOLVER)).containsOnlyKeys(BOB);
        project.ask(BOB, new ProjectCommand.Leave(Role.SOLVER));
        assertThat(now().eligible(Role.SOLVER)).isEmpty();
    }

    @Test
    void proj05APublishedRoundIsNeverOpenedAgainByALaterJoin() {
        found(Bench.terms());
        gather();
        accepted(project.ask(PROPOSER, new ProjectCommand.Leave(Role.PROPOSER)));
        publish();
        assertThat(stage()).isInstanceOf(Stage.Gathering.class);
        join(Role.PROPOSER, BOB);
        assertThat(now().round()).isEqualTo(2);
        assertThat(now().attempt()).isEqualTo(1);
        assertThat(now().models()).hasSize(1);
    }

    @Test
    void proj06Proj15AttemptsEndInAPauseAndNumbersGoOnAfterIt() {
        found(Bench.terms("mlp", 1, 2, Amount.ofTokens(1)));
        gather();
        project.deadline();
        assertThat(now().attempt()).isEqualTo(2);
        project.deadline();
        assertThat(stage()).isInstanceOf(Stage.Paused.class);
        refused(project.ask(BOB, new ProjectCommand.Resume()), Code.NOT_YOURS);
        accepted(project.ask(ALICE, new ProjectCommand.Resume()));
        assertThat(now().attempt()).as("no reference comes twice").isEqualTo(3);
        propose();
        project.bounce(escrow, new AccountCommand.Hold(Hash.digest("old"), Amount.ZERO));
        assertThat(stage()).isInstanceOf(Stage.Funding.class);
        project.bounce(escrow, new AccountCommand.Hold(reference(), Amount.ZERO));
        assertThat(stage()).isInstanceOf(Stage.Paused.class);
    }

    @Test
    void proj07TheProposerIsNoSolverAndWithoutSolversTheAttemptIsVoid() {
        found(Bench.terms("mlp", 1, 5, Amount.ofTokens(1)));
        join(Role.SOLVER, PROPOSER);
        gather();
        propose();
        refused(project.ask(account(BOB), new ProjectCommand.Held(reference())), Code.NOT_AUTHORISED);
        accepted(project.ask(escrow, new ProjectCommand.Held(reference())));
        refused(project.ask(escrow, new ProjectCommand.Held(reference())), Code.WRONG_PHASE);
        assertThat(((Stage.Drawing) stage()).invitation().candidates()).containsExactly(SOLVER);
        var late = new ProjectCommand.Assigned(reference(), SOLVER);
        refused(project.ask(owned(Kind.SOLVER, BOB.address()), late), Code.NOT_AUTHORISED);
        project.bounce(owned(Kind.SOLVER, SOLVER.address()), new SolverCommand.Assign(reference()));
        assertThat(project.sent(AccountCommand.Settle.class)).hasSize(1);
        assertThat(now().attempt()).isEqualTo(2);
        refused(project.ask(owned(Kind.SOLVER, SOLVER.address()), late), Code.WRONG_PHASE);
    }

    @Test
    void proj08OneFreshCommitteeFromThoseWithoutAPartAndNoThird() {
        found(Bench.terms());
        gather();
        ProcessId task = run();
        refused(
                project.ask(escrow, new ProjectCommand.DrawCommittee(reference(), Hash.digest("x"), List.of())),
                Code.WRONG_PHASE);
        assertThat(seat(task, Hash.digest("one"), List.of(SOLVER, PROPOSER))).hasSize(3);
        accepted(project.ask(
                task, new ProjectCommand.DrawCommittee(reference(), Hash.digest("two"), List.of(COORDINATORS.get(0)))));
        assertThat(project.sent(CoordinatorCommand.Unseat.class)).hasSize(3);
        assertThat(project.sent(CoordinatorCommand.Seat.class)).hasSize(2);
        var open = ((Stage.Running) stage()).invitation().orElseThrow();
        project.bounce(
                owned(Kind.COORDINATOR, COORDINATORS.get(1).address()),
                new CoordinatorCommand.Seat(Hash.digest("old seat"), List.of()));
        assertThat(((Stage.Running) stage()).invitation())
                .as("a bounce of another committee's seat is none of this one")
                .contains(open);
        var third = new ProjectCommand.DrawCommittee(reference(), Hash.digest("three"), List.of());
        refused(project.ask(task, third), Code.WRONG_PHASE);
    }

    @Test
    void proj09TheNextSeedFollowsFromTheOutcome() {
        found(Bench.terms());
        gather();
        Hash seed = now().seed();
        Hash reference = reference();
        publish();
        assertThat(now().seed()).isEqualTo(new HashedSeeds().next(seed, reference, Hash.digest("salt1")));
    }

    @Test
    void proj10Proj11Proj12ARoundIsPaidOnceAndEveryPlaceIsFreed() {
        found(Bench.terms());
        gather();
        average();
        var published = new ProjectCommand.Published(reference(), blob("model"), AGGREGATOR, List.of());
        refused(
                project.ask(
                        aggregation,
                        new ProjectCommand.Published(Hash.digest("old"), blob("model"), AGGREGATOR, List.of())),
                Code.WRONG_PHASE);
        accepted(project.ask(aggregation, published));
        var settle = project.sent(AccountCommand.Settle.class);
        assertThat(settle).hasSize(1);
        assertThat(settle.get(0).payments().stream().map(p -> p.amount().toString()))
                .containsExactlyInAnyOrder("60", "25", "10", "5");
        assertThat(project.sent(SolverCommand.Release.class))
                .allMatch(release -> release.service() == Service.GOOD)
                .hasSize(1);
        assertThat(project.sent(CoordinatorCommand.Unseat.class).stream().map(u -> u.service()))
                .containsExactlyInAnyOrder(Service.GOOD, Service.SILENT, Service.POOR);
        var charges = project.sent(AccountCommand.Charge.class);
        assertThat(charges).hasSize(1);
        assertThat(charges.get(0).amount()).isEqualTo(Amount.ofTokens(10));
        refused(project.ask(aggregation, published), Code.WRONG_PHASE);
    }

    @Test
    void proj13WithoutATruthTheProposerCompensatesThoseWhoTrained() {
        found(Bench.terms());
        gather();
        ProcessId task = run();
        accepted(project.ask(task, voided(VoidReason.NO_TRUTH)));
        var charge = project.sent(AccountCommand.Charge.class).get(0);
        assertThat(charge.amount()).isEqualTo(Amount.ofTokens(2));
        assertThat(charge.payments()).hasSize(1);
        assertThat(charge.payments().get(0).owner()).isEqualTo(SOLVER.address());
        refused(project.ask(task, voided(VoidReason.NO_TRUTH)), Code.WRONG_PHASE);
    }

    @Test
    void proj14WhoLeavesWhileDrawnIsReleasedHoweverTheAttemptEnds() {
        found(Bench.terms());
        gather();
        ProcessId task = run();
        refused(project.ask(BOB, new ProjectCommand.Leave(Role.SOLVER)), Code.NOT_A_MEMBER);
        accepted(project.ask(SOLVER, new ProjectCommand.Leave(Role.SOLVER)));
        refused(project.ask(SOLVER, new ProjectCommand.Leave(Role.SOLVER)), Code.ALREADY_DONE);
        refused(
                project.ask(account(SOLVER), new ProjectCommand.Join(SOLVER, Role.SOLVER, Amount.ofTokens(50), 1)),
                Code.ALREADY_JOINED);
        accepted(project.ask(task, voided(VoidReason.NO_SOLUTION)));
        assertThat(stage()).isInstanceOf(Stage.Paused.class);
        assertThat(project.sent(AccountCommand.Release.class)).hasSize(1);
        accepted(project.ask(account(SOLVER), new ProjectCommand.Join(SOLVER, Role.SOLVER, Amount.ofTokens(50), 1)));
    }

    @Test
    void proj16OnlyTheProposerInTurnProposesTheOpenRoundWithinTheRecipe() {
        found(Bench.terms());
        gather();
        refused(project.ask(BOB, proposal(1)), Code.NOT_AUTHORISED);
        refused(project.ask(PROPOSER, proposal(2)), Code.ROUND_MISMATCH);
        var greedy = Bench.terms("cnn", 1, 1, Amount.ZERO).recipe();
        refused(
                project.ask(PROPOSER, new ProjectCommand.Propose(1, Hash.digest("t"), blob("c"), greedy)),
                Code.INVALID_ARGUMENT);
        accepted(project.ask(PROPOSER, proposal(1)));
        refused(project.ask(PROPOSER, proposal(1)), Code.WRONG_PHASE);
    }

    @Test
    void proj17ATruthThatWasRevealedBouncesWhenItComesAgain() {
        found(Bench.terms("mlp", 1, 5, Amount.ofTokens(1)));
        gather();
        ProcessId first = run();
        accepted(project.ask(first, new ProjectCommand.TruthRevealed(reference(), blob("truth"))));
        accepted(project.ask(first, voided(VoidReason.UNDECIDED)));
        ProcessId second = run();
        refused(project.ask(first, new ProjectCommand.TruthRevealed(reference(), blob("other"))), Code.WRONG_PHASE);
        refused(project.ask(second, new ProjectCommand.TruthRevealed(reference(), blob("truth"))), Code.TRUTH_SPENT);
        accepted(project.ask(second, voided(VoidReason.NO_TRUTH)));
        assertThat(now().truths()).containsExactly(blob("truth"));
    }

    @Test
    void proj18AnEndedProjectReturnsWhatItsEscrowHasFree() {
        found(Bench.terms());
        refused(project.ask(BOB, new ProjectCommand.Close()), Code.NOT_YOURS);
        gather();
        refused(project.ask(ALICE, new ProjectCommand.Close()), Code.WRONG_PHASE);
        publish();
        publish();
        assertThat(stage()).isInstanceOf(Stage.Complete.class);
        assertThat(project.sent()).endsWith(new AccountCommand.Sweep(ALICE.address()));
        accepted(project.ask(ALICE, new ProjectCommand.Close()));
        assertThat(project.sent()).containsExactly(new AccountCommand.Sweep(ALICE.address()));
        refused(
                project.ask(account(BOB), new ProjectCommand.Join(BOB, Role.SOLVER, Amount.ofTokens(50), 0)),
                Code.PROJECT_COMPLETE);
    }

    @Test
    void agg05Agg04AProjectWithoutAggregatorsDoesNotAverageForEver() {
        found(Bench.terms());
        gather();
        average();
        var job = project.sent(AggregatorCommand.Aggregate.class).get(0);
        assertThat(job.terms().aggregators()).containsExactly(AGGREGATOR);
        project.bounce(aggregation, job);
        assertThat(stage()).isInstanceOf(Stage.Paused.class);
        assertThat(project.sent(AccountCommand.Settle.class)).hasSize(1);
    }
}

package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.BOB;
import static computer.autonet.protocol.rules.Bench.accepted;
import static computer.autonet.protocol.rules.Bench.blob;
import static computer.autonet.protocol.rules.Bench.identity;
import static computer.autonet.protocol.rules.Bench.process;
import static computer.autonet.protocol.rules.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.task.Commitments;
import computer.autonet.protocol.task.Seat;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskEvent;
import computer.autonet.protocol.task.TaskRules;
import computer.autonet.protocol.task.TaskState;
import computer.autonet.protocol.task.TaskTerms;
import computer.autonet.protocol.task.VoidReason;
import computer.autonet.protocol.task.Vote;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskRulesTest {
    private static final ProcessId PROJECT = process(Kind.PROJECT, "project");
    private static final Identity PROPOSER = identity("proposer");
    private static final List<Identity> SOLVERS =
            Stream.of("s1", "s2").map(Bench::identity).sorted().toList();
    private static final List<Identity> COMMITTEE =
            Stream.of("c1", "c2", "c3").map(Bench::identity).sorted().toList();
    private static final Hash SALT = Hash.digest("salt");
    private static final Hash TRACE = Hash.digest("trace");

    private final Bench<TaskState, TaskCommand, TaskEvent> task =
            new Bench<>(new TaskRules(), process(Kind.TASK, "task"));

    private TaskCommand.Open open() {
        return new TaskCommand.Open(new TaskTerms(
                PROJECT,
                1,
                1,
                Commitments.reference(PROJECT, 1, 1),
                PROPOSER,
                Commitments.truth(PROJECT, 1, PROPOSER, blob("tc"), blob("truth"), SALT),
                blob("tc"),
                Bench.terms().recipe(),
                blob("base"),
                SOLVERS,
                3,
                Bench.terms().phases()));
    }

    private void commit(Identity solver) {
        accepted(task.ask(
                solver,
                new TaskCommand.Commit(Commitments.update(task.id, solver, blob("uc"), blob("u"), SALT, TRACE))));
    }

    private static TaskCommand.RevealSolution solution() {
        return new TaskCommand.RevealSolution(blob("uc"), blob("u"), TRACE, SALT);
    }

    private static TaskCommand.RevealTruth truth() {
        return new TaskCommand.RevealTruth(blob("truth"), SALT);
    }

    private void untilTruth() {
        accepted(task.ask(PROJECT, open()));
        SOLVERS.forEach(this::commit);
    }

    private void untilSeating() {
        untilTruth();
        accepted(task.ask(PROPOSER, truth()));
        SOLVERS.forEach(solver -> accepted(task.ask(solver, solution())));
    }

    private void seat() {
        var seats = COMMITTEE.stream()
                .map(c -> new Seat(c, Amount.ofTokens(500), Tables.empty()))
                .toList();
        accepted(task.ask(PROJECT, new TaskCommand.Committee(seats)));
    }

    private static Vote vote(long first, long second) {
        var scores = Tables.with(Tables.<Identity, Long>empty(), SOLVERS.get(0), first);
        return new Vote(true, Tables.with(scores, SOLVERS.get(1), second), List.of(), Hash.digest("evidence"));
    }

    private void seal(Identity coordinator, Vote vote) {
        accepted(task.ask(coordinator, new TaskCommand.SealVote(Commitments.vote(task.id, coordinator, vote, SALT))));
    }

    private void allVote(Vote vote) {
        COMMITTEE.forEach(c -> seal(c, vote));
        COMMITTEE.forEach(c -> accepted(task.ask(c, new TaskCommand.OpenVote(vote, SALT))));
    }

    private ProjectCommand.Voided voided() {
        return task.sent(ProjectCommand.Voided.class).get(0);
    }

    @Test
    void task01OnlyItsProjectOpensATaskAndOnce() {
        refused(task.ask(process(Kind.PROJECT, "other"), open()), Code.NOT_AUTHORISED);
        accepted(task.ask(PROJECT, open()));
        refused(task.ask(PROJECT, open()), Code.ALREADY_DONE);
    }

    @Test
    void task02CommitmentsBindEachOfTheirFields() {
        Hash one = Commitments.update(task.id, BOB, blob("a"), blob("b"), SALT, TRACE);
        assertThat(List.of(
                        Commitments.update(PROJECT, BOB, blob("a"), blob("b"), SALT, TRACE),
                        Commitments.update(task.id, PROPOSER, blob("a"), blob("b"), SALT, TRACE),
                        Commitments.update(task.id, BOB, blob("b"), blob("b"), SALT, TRACE),
                        Commitments.update(task.id, BOB, blob("a"), blob("a"), SALT, TRACE),
                        Commitments.update(task.id, BOB, blob("a"), blob("b"), TRACE, TRACE),
                        Commitments.update(task.id, BOB, blob("a"), blob("b"), SALT, SALT)))
                .doesNotContain(one)
                .doesNotHaveDuplicates();
        // The layout of docs/spec/task.md, by hand: tag, project, round, attempt.
        byte[] number = new byte[32];
        number[31] = 1;
        assertThat(Commitments.reference(PROJECT, 1, 1))
                .isEqualTo(Hash.digest(
                        Hash.digest("autonet/attempt/1").toArray(),
                        PROJECT.hash().toArray(),
                        number,
                        number));
    }

    @Test
    void task03ACopierCommitsAndCannotOpen() {
        accepted(task.ask(PROJECT, open()));
        refused(task.ask(BOB, new TaskCommand.Commit(SALT)), Code.NOT_AUTHORISED);
        Identity copier = SOLVERS.get(1);
        commit(SOLVERS.get(0));
        refused(task.ask(SOLVERS.get(0), new TaskCommand.Commit(SALT)), Code.ALREADY_DONE);
        Hash copied = Commitments.update(task.id, SOLVERS.get(0), blob("uc"), blob("u"), SALT, TRACE);
        accepted(task.ask(copier, new TaskCommand.Commit(copied)));
        accepted(task.ask(PROPOSER, truth()));
        refused(task.ask(copier, solution()), Code.COMMITMENT_MISMATCH);
        accepted(task.ask(SOLVERS.get(0), solution()));
    }

    @Test
    void task04TheTruthIsOpenedByItsProposerAndNeverBeforeCommitsClose() {
        accepted(task.ask(PROJECT, open()));
        refused(task.ask(PROPOSER, truth()), Code.WRONG_PHASE);
        SOLVERS.forEach(this::commit);
        refused(task.ask(BOB, truth()), Code.NOT_AUTHORISED);
        refused(task.ask(PROPOSER, new TaskCommand.RevealTruth(blob("other"), SALT)), Code.COMMITMENT_MISMATCH);
        accepted(task.ask(PROPOSER, truth()));
        assertThat(task.sent())
                .containsExactly(new ProjectCommand.TruthRevealed(Commitments.reference(PROJECT, 1, 1), blob("truth")));
    }

    @Test
    void task05Task06SolutionsAreOpenedOnceAfterTheTruthAndTheLastOneEndsThePhase() {
        untilTruth();
        refused(task.ask(SOLVERS.get(0), solution()), Code.WRONG_PHASE);
        accepted(task.ask(PROPOSER, truth()));
        refused(task.ask(BOB, solution()), Code.NOT_AUTHORISED);
        accepted(task.ask(SOLVERS.get(0), solution()));
        refused(task.ask(SOLVERS.get(0), solution()), Code.ALREADY_DONE);
        accepted(task.ask(SOLVERS.get(1), solution()));
        assertThat(task.state).isInstanceOf(TaskState.Seating.class);
    }

    @Test
    void task06WithoutATruthInTimeThoseWhoCommittedAreCompensated() {
        accepted(task.ask(PROJECT, open()));
        commit(SOLVERS.get(0));
        task.deadline();
        assertThat(task.state).isInstanceOf(TaskState.AwaitingTruth.class);
        task.deadline();
        assertThat(voided().reason()).isEqualTo(VoidReason.NO_TRUTH);
        assertThat(voided().compensated()).containsExactly(SOLVERS.get(0));
        assertThat(voided().silentSolvers()).containsExactly(SOLVERS.get(1));
    }

    @Test
    void task07WhoHasAPartInTheTaskIsNeverDrawn() {
        untilSeating();
        var draw = task.sent(ProjectCommand.DrawCommittee.class).get(0);
        assertThat(draw.excluded()).containsAll(SOLVERS).contains(PROPOSER);
    }

    @Test
    void task08AThirdOfTheSeatsMayStayEmptyAndNoMore() {
        untilSeating();
        var one = List.of(new Seat(COMMITTEE.get(0), Amount.ofTokens(500), Tables.empty()));
        refused(task.ask(process(Kind.PROJECT, "other"), new TaskCommand.Committee(one)), Code.NOT_AUTHORISED);
        accepted(task.ask(PROJECT, new TaskCommand.Committee(one)));
        assertThat(voided().reason()).isEqualTo(VoidReason.NO_COMMITTEE);
    }

    @Test
    void task09Task10AVoteIsSealedOnceAndSpeaksOfExactlyTheUpdates() {
        untilSeating();
        seat();
        Identity c = COMMITTEE.get(0);
        refused(task.ask(BOB, new TaskCommand.SealVote(SALT)), Code.NOT_AUTHORISED);
        seal(c, vote(10_000, 0));
        refused(task.ask(c, new TaskCommand.SealVote(SALT)), Code.ALREADY_DONE);
        refused(task.ask(c, new TaskCommand.OpenVote(vote(10_000, 0), SALT)), Code.WRONG_PHASE);
        COMMITTEE.subList(1, 3).forEach(other -> seal(other, vote(10_000, 0)));
        refused(task.ask(c, new TaskCommand.OpenVote(vote(-1, 0), SALT)), Code.INVALID_ARGUMENT);
        refused(task.ask(c, new TaskCommand.OpenVote(vote(Long.MAX_VALUE, 0), SALT)), Code.INVALID_ARGUMENT);
        refused(
                task.ask(
                        c, new TaskCommand.OpenVote(new Vote(true, Tables.empty(), List.of(), Hash.digest("e")), SALT)),
                Code.INVALID_ARGUMENT);
        refused(task.ask(c, new TaskCommand.OpenVote(vote(10_001, 0), SALT)), Code.COMMITMENT_MISMATCH);
        accepted(task.ask(c, new TaskCommand.OpenVote(vote(10_000, 0), SALT)));
        refused(task.ask(c, new TaskCommand.OpenVote(vote(10_000, 0), SALT)), Code.ALREADY_DONE);
    }

    @Test
    void task11Task13TwoSilentCommitteesEndUndecidedAndAreAllNamed() {
        untilSeating();
        seat();
        seal(COMMITTEE.get(0), vote(10_000, 0));
        task.deadline();
        refused(task.ask(COMMITTEE.get(1), new TaskCommand.OpenVote(vote(10_000, 0), SALT)), Code.NOT_AUTHORISED);
        task.deadline();
        var draw = task.sent(ProjectCommand.DrawCommittee.class).get(0);
        assertThat(draw.excluded()).containsAll(COMMITTEE);
        seat();
        task.deadline();
        assertThat(voided().reason()).isEqualTo(VoidReason.UNDECIDED);
        assertThat(voided().silentCoordinators()).isEqualTo(COMMITTEE);
    }

    @Test
    void task12WhatTheCommitteeAgreesOnIsAcceptedAndPaidByShare() {
        untilSeating();
        seat();
        allVote(vote(10_000, 0));
        var result = task.sent(ProjectCommand.Decided.class).get(0).result();
        assertThat(result.accepted().stream().map(u -> u.solver())).containsExactly(SOLVERS.get(0));
        assertThat(result.rejected()).containsExactly(SOLVERS.get(1));
        assertThat(result.incentives()).containsOnlyKeys(SOLVERS.get(0));
        assertThat(result.silentSolvers()).isEmpty();
        assertThat(result.dividends()).containsOnlyKeys(COMMITTEE);
    }

    @Test
    void task13ATruthThatMostCannotReadIsNone() {
        untilSeating();
        seat();
        allVote(new Vote(false, Tables.empty(), List.of(), Hash.digest("none")));
        assertThat(voided().reason()).isEqualTo(VoidReason.NO_TRUTH);
        assertThat(voided().compensated()).isEqualTo(SOLVERS);
    }

    @Test
    void task13UpdatesThatNobodyCanReadCountAsSilence() {
        untilSeating();
        seat();
        allVote(new Vote(true, Tables.empty(), SOLVERS, Hash.digest("evidence")));
        assertThat(voided().reason()).isEqualTo(VoidReason.NO_SOLUTION);
        assertThat(voided().silentSolvers()).isEqualTo(SOLVERS);
        assertThat(voided().silentCoordinators()).isEmpty();
    }

    @Test
    void task13WhereNoUpdateHasRankAFreshCommitteeLooksAndNobodyIsCharged() {
        untilSeating();
        seat();
        allVote(vote(0, 0));
        assertThat(task.sent(ProjectCommand.DrawCommittee.class)).hasSize(1);
        seat();
        allVote(vote(0, 0));
        assertThat(voided().reason()).isEqualTo(VoidReason.UNDECIDED);
        assertThat(voided().silentSolvers()).isEmpty();
        assertThat(voided().silentCoordinators()).isEmpty();
    }

    @Test
    void task14ATruthThatTheProjectKnowsAndADrawThatItRefusesEndTheAttempt() {
        untilTruth();
        accepted(task.ask(PROPOSER, truth()));
        var revealed = task.sent().get(0);
        task.bounce(PROJECT, revealed);
        assertThat(voided().reason()).isEqualTo(VoidReason.NO_TRUTH);
        assertThat(voided().compensated()).isEqualTo(SOLVERS);
        task.bounce(PROJECT, revealed);
        assertThat(task.sent()).as("once is enough").isEmpty();

        task.state = new TaskState.Unopened();
        untilSeating();
        task.bounce(PROJECT, task.sent().get(0));
        assertThat(voided().reason()).isEqualTo(VoidReason.NO_COMMITTEE);
    }
}

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
import computer.autonet.protocol.aggregator.AggregationTerms;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.aggregator.AggregatorEvent;
import computer.autonet.protocol.aggregator.AggregatorRules;
import computer.autonet.protocol.aggregator.AggregatorState;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.task.Seat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AggregatorRulesTest {
    private static final ProcessId PROJECT = process(Kind.PROJECT, "project");
    private static final Hash ROUND = Hash.digest("round");
    private static final List<Identity> TURNS = List.of(identity("a1"), identity("a2"));

    private final Bench<AggregatorState, AggregatorCommand, AggregatorEvent> aggregator =
            new Bench<>(new AggregatorRules(), Bench.owned(Kind.AGGREGATOR, PROJECT.hash()));

    private static AggregatorCommand.Aggregate job(List<Identity> turns) {
        var seats = Stream.of("c1", "c2", "c3")
                .map(name -> new Seat(identity(name), Amount.ofTokens(500), Tables.empty()))
                .toList();
        return new AggregatorCommand.Aggregate(new AggregationTerms(
                PROJECT, process(Kind.TASK, "task"), ROUND, 1, Bench.terms().recipe(), List.of(), seats, turns, 1_000));
    }

    private static AggregatorCommand.Submit submit(String model) {
        return new AggregatorCommand.Submit(ROUND, blob(model));
    }

    private static AggregatorCommand.Certify certify(String model) {
        return new AggregatorCommand.Certify(ROUND, blob(model));
    }

    private void start() {
        accepted(aggregator.ask(PROJECT, job(TURNS)));
    }

    @Test
    void agg01OneJobAtATimeFromItsProject() {
        refused(aggregator.ask(process(Kind.PROJECT, "other"), job(TURNS)), Code.NOT_AUTHORISED);
        refused(aggregator.ask(PROJECT, job(List.of())), Code.WRONG_PHASE);
        start();
        refused(aggregator.ask(PROJECT, job(TURNS)), Code.WRONG_PHASE);
    }

    @Test
    void agg02TheAggregatorInTurnSubmitsOnce() {
        refused(aggregator.ask(TURNS.get(0), submit("m")), Code.WRONG_PHASE);
        start();
        refused(aggregator.ask(TURNS.get(1), submit("m")), Code.NOT_AUTHORISED);
        accepted(aggregator.ask(TURNS.get(0), submit("m")));
        refused(aggregator.ask(TURNS.get(0), submit("m")), Code.ALREADY_DONE);
    }

    @Test
    void agg03TwoThirdsOfTheCommitteeCertifyAlsoBeforeTheSubmission() {
        start();
        refused(aggregator.ask(BOB, certify("m")), Code.NOT_AUTHORISED);
        accepted(aggregator.ask(identity("c1"), certify("m")));
        refused(aggregator.ask(identity("c1"), certify("n")), Code.ALREADY_DONE);
        accepted(aggregator.ask(identity("c2"), certify("m")));
        assertThat(aggregator.sent()).isEmpty();
        accepted(aggregator.ask(TURNS.get(0), submit("m")));
        assertThat(aggregator.sent())
                .containsExactly(new ProjectCommand.Published(ROUND, blob("m"), TURNS.get(0), List.of()));
        assertThat(aggregator.state.job()).isEmpty();
    }

    @Test
    void agg04AWrongModelCostsTheTurnAndNobodyIsSilentBeforeTimeIsOver() {
        start();
        aggregator.ask(identity("c1"), certify("m"));
        aggregator.ask(identity("c2"), certify("m"));
        accepted(aggregator.ask(TURNS.get(0), submit("wrong")));
        assertThat(aggregator.state.job().orElseThrow().aggregator()).isEqualTo(TURNS.get(1));
        accepted(aggregator.ask(TURNS.get(1), submit("wrong too")));
        assertThat(aggregator.sent()).containsExactly(new ProjectCommand.Unpublished(ROUND, TURNS, List.of()));
    }

    @Test
    void agg04SilencePassesTheTurnAndAtTheEndIncludesWhoDidNotCertify() {
        start();
        aggregator.ask(identity("c1"), certify("m"));
        aggregator.deadline();
        aggregator.deadline();
        assertThat(aggregator.sent())
                .containsExactly(new ProjectCommand.Unpublished(ROUND, TURNS, List.of(identity("c2"), identity("c3"))));
    }
}

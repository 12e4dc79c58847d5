package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.ALICE;
import static computer.autonet.protocol.rules.Bench.BOB;
import static computer.autonet.protocol.rules.Bench.accepted;
import static computer.autonet.protocol.rules.Bench.identity;
import static computer.autonet.protocol.rules.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.constitution.ConstitutionCommand;
import computer.autonet.protocol.constitution.ConstitutionEvent;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.constitution.ConstitutionRules;
import computer.autonet.protocol.constitution.ConstitutionState;
import computer.autonet.protocol.constitution.ConstitutionState.Verdict;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Origin;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.solver.SolverCommand;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConstitutionRulesTest {
    private final Bench<ConstitutionState, ConstitutionCommand, ConstitutionEvent> constitution =
            new Bench<>(new ConstitutionRules(), Bench.owned(Kind.CONSTITUTION, Bench.GENESIS.networkId()));

    private static ConstitutionCommand.ProposeAmendment amendment(String text, String amends) {
        return new ConstitutionCommand.ProposeAmendment("title", text, amends);
    }

    private static ConstitutionCommand.GiveOpinion opinion(boolean support) {
        return new ConstitutionCommand.GiveOpinion(1, support, "because");
    }

    @Test
    void const01AnyoneProposesOneTextAtATime() {
        accepted(constitution.ask(ALICE, amendment("text", "")));
        refused(constitution.ask(ALICE, amendment("more", "")), Code.FULL);
        accepted(constitution.ask(BOB, amendment("text", "")));
        assertThat(constitution.state.amendments()).hasSize(2);
        assertThat(constitution.state.principles()).isEqualTo(Genesis.PRINCIPLES);
    }

    @Test
    void const02OnlyGuardiansJudgeAndOnce() {
        constitution.ask(ALICE, amendment("text", ""));
        refused(constitution.ask(ALICE, opinion(true)), Code.NOT_AUTHORISED);
        refused(
                constitution.ask(identity("g1"), new ConstitutionCommand.GiveOpinion(7, true, "")),
                Code.NO_SUCH_AMENDMENT);
        accepted(constitution.ask(identity("g1"), opinion(true)));
        refused(constitution.ask(identity("g1"), opinion(false)), Code.ALREADY_DONE);
    }

    @Test
    void const03AdoptedByNinetyFivePercentAndRejectedAsSoonAsThatIsOutOfReach() {
        constitution.ask(ALICE, amendment("text", ""));
        for (String guardian : List.of("g1", "g2", "g3")) {
            assertThat(constitution.state.amendments().get(1L).verdict()).isEqualTo(Verdict.OPEN);
            constitution.ask(identity(guardian), opinion(true));
        }
        assertThat(constitution.state.amendments().get(1L).verdict()).isEqualTo(Verdict.ADOPTED);
        constitution.ask(BOB, amendment("text", ""));
        constitution.ask(identity("g1"), new ConstitutionCommand.GiveOpinion(2, false, ""));
        assertThat(constitution.state.amendments().get(2L).verdict()).isEqualTo(Verdict.REJECTED);
    }

    private static Optional<Refusal> judge(Command command) {
        var context = new Context(Bench.account(ALICE), new Origin.Signer(ALICE), 0, 0, Bench.GENESIS);
        return new ConstitutionGuard().judge(1, command, context);
    }

    @Test
    void const04TheGuardNamesThePrinciple() {
        assertThat(judge(amendment("t", " p2 ")).orElseThrow().detail()).contains("P2");
        assertThat(judge(new AccountCommand.CreateProject(Bench.terms("mlp", 1, 1, Amount.ZERO)))
                        .orElseThrow()
                        .detail())
                .contains("P6");
        assertThat(judge(new SolverCommand.Declare(-1, List.of())).orElseThrow().code())
                .isEqualTo(Code.UNCONSTITUTIONAL);
        assertThat(judge(new AccountCommand.CreateProject(Bench.terms()))).isEmpty();
        refused(constitution.ask(ALICE, amendment("t", "principle two")), Code.INVALID_ARGUMENT);
    }

    @Test
    void const05TextsAndTheirNumberAreBounded() {
        refused(constitution.ask(ALICE, amendment("x".repeat(4_000), "")), Code.INVALID_ARGUMENT);
        refused(constitution.ask(ALICE, amendment(" ", "")), Code.INVALID_ARGUMENT);
        for (int i = 0; i < ConstitutionRules.MAX_AMENDMENTS; i++) {
            accepted(constitution.ask(identity("author" + i), amendment("t", "")));
        }
        refused(constitution.ask(ALICE, amendment("t", "")), Code.FULL);
        accepted(constitution.ask(identity("g1"), amendment("t", "")));
        assertThat(constitution.state.amendments()).hasSize(ConstitutionRules.MAX_AMENDMENTS + 1);
    }

    @Test
    void const06ANetworkHasOneConstitution() {
        var other = new Bench<>(new ConstitutionRules(), Bench.process(Kind.CONSTITUTION, "made up"));
        refused(other.ask(ALICE, amendment("text", "")), Code.NO_SUCH_PROCESS);
        refused(other.ask(identity("g1"), opinion(true)), Code.NO_SUCH_PROCESS);
        assertThat(other.state.amendments()).isEmpty();
    }

    @Test
    void gen01EveryPartOfGenesisIsInTheNetworkId() {
        var grants = new TreeMap<Identity, Amount>();
        grants.put(ALICE, Amount.ofTokens(1));
        var some = new Genesis("n", 1, grants, ALICE, List.of());
        assertThat(new Genesis("n", 1, grants, ALICE, List.of()).networkId()).isEqualTo(some.networkId());
        assertThat(List.of(
                        new Genesis("m", 1, grants, ALICE, List.of()).networkId(),
                        new Genesis("n", 2, grants, ALICE, List.of()).networkId(),
                        new Genesis("n", 1, new TreeMap<>(), ALICE, List.of()).networkId(),
                        new Genesis("n", 1, grants, BOB, List.of()).networkId(),
                        new Genesis("n", 1, grants, ALICE, List.of(BOB)).networkId()))
                .doesNotContain(some.networkId())
                .doesNotHaveDuplicates();
    }

    @Test
    void gen02ThePrinciplesAreSixAndInOrder() {
        assertThat(Genesis.PRINCIPLES).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(Genesis.PRINCIPLES.get(i)).startsWith("P" + (i + 1) + " ");
        }
    }

    @Test
    void gen03NoMoreIsIssuedThanSumsCanHold() {
        var grants = new TreeMap<Identity, Amount>();
        grants.put(ALICE, new Amount(BigInteger.ONE.shiftLeft(112).subtract(BigInteger.ONE)));
        assertThat(new Genesis("n", 1, grants, ALICE, List.of()).issued()).isEqualTo(grants.get(ALICE));
        grants.put(BOB, Amount.ofTokens(1));
        assertThatThrownBy(() -> new Genesis("n", 1, grants, ALICE, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Genesis("n", 0, new TreeMap<>(), ALICE, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

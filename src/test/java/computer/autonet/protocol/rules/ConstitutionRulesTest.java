package computer.autonet.protocol.rules;

import static computer.autonet.protocol.rules.Bench.ALICE;
import static computer.autonet.protocol.rules.Bench.BOB;
import static computer.autonet.protocol.rules.Bench.GOLD;
import static computer.autonet.protocol.rules.Bench.SILVER;
import static computer.autonet.protocol.rules.Bench.accepted;
import static computer.autonet.protocol.rules.Bench.identity;
import static computer.autonet.protocol.rules.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.constitution.ConstitutionCommand;
import computer.autonet.protocol.constitution.ConstitutionEvent;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.constitution.ConstitutionRules;
import computer.autonet.protocol.constitution.ConstitutionState;
import computer.autonet.protocol.constitution.ConstitutionState.Verdict;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.genesis.Versions;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Origin;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.solver.SolverCommand;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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

    private static void unconstitutional(Command command, int principle) {
        Refusal refusal = judge(command).orElseThrow();
        assertThat(refusal.code()).isEqualTo(Code.UNCONSTITUTIONAL);
        assertThat(refusal.detail()).endsWith(" (" + Genesis.PRINCIPLES.get(principle - 1) + ")");
        assertThat(refusal.remedy()).isNotBlank();
    }

    private static ProjectTerms terms(int coordinators, Amount reward) {
        ProjectTerms fit = Bench.terms();
        return new ProjectTerms(
                fit.name(),
                fit.recipe(),
                fit.initialModel(),
                fit.rounds(),
                reward,
                fit.solvers(),
                coordinators,
                fit.attempts(),
                fit.phases());
    }

    @Test
    void const04TheGuardNamesThePrinciple() {
        for (int principle = 1; principle <= 6; principle++) {
            unconstitutional(amendment("t", " p" + principle + " "), 2);
        }
        unconstitutional(new SolverCommand.Declare(-1, List.of()), 3);
        Amount one = new Amount(BigInteger.ONE);
        for (int coordinators = 0; coordinators < 3; coordinators++) {
            unconstitutional(new AccountCommand.CreateProject(terms(coordinators, one)), 5);
            unconstitutional(new AccountCommand.CreateProjectUnder(1, terms(coordinators, one)), 5);
        }
        unconstitutional(new AccountCommand.CreateProject(terms(3, Amount.ZERO)), 6);
        unconstitutional(new AccountCommand.CreateProjectUnder(1, terms(3, Amount.ZERO)), 6);
        assertThat(judge(new SolverCommand.Declare(0, List.of()))).isEmpty();
        assertThat(judge(new AccountCommand.CreateProject(terms(3, one)))).isEmpty();
        assertThat(judge(new AccountCommand.CreateProjectUnder(1, terms(3, one))))
                .isEmpty();
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
        var some = FirstGenesis.of("n", 1, grants, ALICE, List.of());
        assertThat(FirstGenesis.of("n", 1, grants, ALICE, List.of()).networkId())
                .isEqualTo(some.networkId());
        assertThat(List.of(
                        FirstGenesis.of("m", 1, grants, ALICE, List.of()).networkId(),
                        FirstGenesis.of("n", 2, grants, ALICE, List.of()).networkId(),
                        FirstGenesis.of("n", 1, new TreeMap<>(), ALICE, List.of())
                                .networkId(),
                        under(new Versions(2, 1), grants).networkId(),
                        under(new Versions(1, 2), grants).networkId(),
                        FirstGenesis.of("n", 1, grants, BOB, List.of()).networkId(),
                        FirstGenesis.of("n", 1, grants, ALICE, List.of(BOB)).networkId()))
                .doesNotContain(some.networkId())
                .doesNotHaveDuplicates();
    }

    private static Genesis under(Versions versions, SortedMap<Identity, Amount> grants) {
        return new Genesis("n", versions, 1, grants, new TreeMap<>(), ALICE, List.of());
    }

    private static SortedMap<Asset, SortedMap<Identity, Amount>> assets(Asset asset, Identity holder, Amount amount) {
        return new TreeMap<>(Map.of(asset, new TreeMap<>(Map.of(holder, amount))));
    }

    @Test
    void gen01ANetworkWithoutOtherAssetsHasTheIdThatItHadBeforeThereWereAny() {
        var grants = new TreeMap<>(Map.of(ALICE, Amount.ofTokens(1)));
        assertThat(FirstGenesis.of("n", 1, grants, ALICE, List.of(BOB)).networkId())
                .isEqualTo(Hash.ofHex("60897c092d6fc0218f0c9eb9a055c998dff30f75845dbd2212055ad68b28823d"))
                .isEqualTo(FirstGenesis.of("n", 1, grants, new TreeMap<>(), ALICE, List.of(BOB))
                        .networkId());
    }

    @Test
    void gen01EveryPartOfAnotherAssetsAllocationIsInTheNetworkId() {
        var ids = new HashSet<Hash>();
        ids.add(FirstGenesis.of("n", 1, new TreeMap<>(), ALICE, List.of()).networkId());
        for (Asset asset : List.of(GOLD, SILVER)) {
            for (Identity holder : List.of(ALICE, BOB)) {
                for (int units = 1; units <= 2; units++) {
                    var allocated = assets(asset, holder, new Amount(BigInteger.valueOf(units)));
                    ids.add(FirstGenesis.of("n", 1, new TreeMap<>(), allocated, ALICE, List.of())
                            .networkId());
                }
            }
        }
        assertThat(ids).hasSize(9);
    }

    private static void unfit(SortedMap<Asset, SortedMap<Identity, Amount>> assets) {
        assertThatThrownBy(() -> FirstGenesis.of("n", 1, new TreeMap<>(), assets, ALICE, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void gen03Gen04OtherAssetsAreBoundedInSumEachAndInNumber() {
        var most = new Amount(BigInteger.ONE.shiftLeft(112).subtract(BigInteger.ONE));
        var full = assets(GOLD, ALICE, most);
        full.putAll(assets(SILVER, ALICE, most));
        assertThat(FirstGenesis.of("n", 1, new TreeMap<>(), full, ALICE, List.of())
                        .issued())
                .as("each asset by itself")
                .containsExactlyInAnyOrderEntriesOf(Map.of(Asset.ATN, Amount.ZERO, GOLD, most, SILVER, most));
        full.get(GOLD).put(BOB, new Amount(BigInteger.ONE));
        unfit(full);
        unfit(assets(Asset.ATN, ALICE, most));
        unfit(assets(GOLD, ALICE, Amount.ZERO));
        unfit(new TreeMap<>(Map.of(GOLD, new TreeMap<>())));

        var many = new TreeMap<Asset, SortedMap<Identity, Amount>>();
        for (int i = 0; i < Genesis.MAX_ASSETS; i++) {
            many.putAll(assets(new Asset(Hash.digest("asset " + i)), ALICE, most));
        }
        assertThat(FirstGenesis.of("n", 1, new TreeMap<>(), many, ALICE, List.of())
                        .assetsOf(ALICE))
                .hasSize(256);
        many.putAll(assets(GOLD, ALICE, most));
        unfit(many);
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
        assertThat(FirstGenesis.of("n", 1, grants, ALICE, List.of()).issued())
                .containsExactly(Map.entry(Asset.ATN, grants.get(ALICE)));
        grants.put(BOB, Amount.ofTokens(1));
        assertThatThrownBy(() -> FirstGenesis.of("n", 1, grants, ALICE, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FirstGenesis.of("n", 0, new TreeMap<>(), ALICE, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

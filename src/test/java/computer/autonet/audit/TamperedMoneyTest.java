package computer.autonet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.process.Draft;
import computer.autonet.protocol.process.Parcel;
import computer.autonet.protocol.process.Payload;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The sums of an export, and money in it that nobody issued, sent or signed for. */
class TamperedMoneyTest extends Exported {
    @Test
    void audit07TheLedgerAddsUpForEachAssetWithCreditsInFlight() {
        assertThat(scene.network.underWay).hasSize(2);
        Verdict inFlight = verify();
        assertThat(inFlight.issued())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Asset.ATN, Amount.ofTokens(900_000), KernelNetwork.GOLD, units(1_000)));
        assertThat(inFlight.held()).contains(inFlight.issued());
        scene.network.settle();
        folder = temp.resolve("arrived");
        new Exporter(scene.network, line -> {}).write(folder);
        assertThat(verify().held()).contains(inFlight.issued());
    }

    private static Amount units(long units) {
        return new Amount(BigInteger.valueOf(units));
    }

    @Test
    void audit07TheAssetThatDoesNotAddUpIsNamed() {
        var issued = verify().issued();
        assertThat(Verifier.balance(issued, issued)).isEmpty();
        var found = new TreeMap<>(issued);
        found.put(KernelNetwork.GOLD, units(999));
        assertThat(Verifier.balance(issued, found))
                .hasValueSatisfying(p -> assertThat(p.what())
                        .isEqualTo("issued 1000 of asset " + KernelNetwork.GOLD + ", found 999 of asset "
                                + KernelNetwork.GOLD));
        found.remove(KernelNetwork.GOLD);
        assertThat(Verifier.balance(issued, found)).isPresent();
        var silver = new Asset(Hash.digest("silver"));
        found.putAll(issued);
        found.put(silver, units(1));
        assertThat(Verifier.balance(issued, found))
                .hasValueSatisfying(p -> assertThat(p.what()).contains("issued 0 of asset " + silver));
    }

    /** A whole log that holds in itself, but whose input nobody sent. */
    @Test
    void audit04MoneyThatNobodySentIsFound() throws IOException {
        var other = new Scene();
        var poor = KernelNetwork.key("poor");
        ProcessId account = other.network.account(poor);
        other.network.submit(
                other.keys.get(3),
                other.network.account(other.keys.get(3)),
                new AccountCommand.Transfer(poor.identity().address(), Amount.ofTokens(5)));
        other.network.settle();
        assertThat(other.network.genesis).isEqualTo(scene.network.genesis);
        write(
                account,
                other.network.log(account).stream().map(SealedEntry::stored).toList());
        Problem problem = problem();
        assertThat(problem).isEqualTo(new Problem(account.toString(), 0, problem.what()));
        assertThat(problem.what()).contains("did not send");
    }

    /** The last entry of the owner sends 7 of gold; here it says that it sends something else. */
    @Test
    void audit03MoreOfAnAssetOrAnotherAssetThanWasSignedForIsFound() throws IOException {
        List<SealedEntry> log = scene.network.log(account(0));
        int last = log.size() - 1;
        Draft draft = log.get(last).draft();
        Hash to = scene.keys.get(1).identity().address();
        assertThat(draft.events()).containsExactly(new AccountEvent.Sent(to, units(7), KernelNetwork.GOLD));
        List<AccountCommand.Credit> lies = List.of(
                new AccountCommand.Credit(to, units(8), KernelNetwork.GOLD),
                new AccountCommand.Credit(to, units(7), Asset.ATN),
                new AccountCommand.Credit(to, units(7), new Asset(Hash.digest("silver"))));
        for (AccountCommand.Credit lie : lies) {
            Parcel sent = draft.outbox().get(0);
            reseal(
                    account(0),
                    last,
                    new Draft(
                            draft.slot(),
                            draft.epoch(),
                            draft.timestampMillis(),
                            draft.versions(),
                            draft.input(),
                            List.of(new AccountEvent.Sent(to, lie.amount(), lie.asset())),
                            Optional.empty(),
                            0,
                            List.of(new Parcel(sent.receiver(), sent.sequence(), new Payload.Ask(lie)))));
            assertThat(problem()).as("%s", lie).satisfies(p -> {
                assertThat(p.process()).isEqualTo(account(0).toString());
                assertThat(p.slot()).isEqualTo(last);
                assertThat(p.what()).contains("decide otherwise");
            });
        }
    }

    @Test
    void audit05AnotherAmountOfAnAssetAtGenesisIsAnotherNetwork() throws IOException {
        edit("genesis.json", "\"1000\"", "\"1001\"");
        assertThat(problem().process()).isEqualTo("genesis.json");
        assertThat(problem().what()).contains("its network is");
    }
}

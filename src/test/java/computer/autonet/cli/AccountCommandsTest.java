package computer.autonet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Asset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Money from the command line: ATN and other assets, shown and sent. */
class AccountCommandsTest extends AtAShell {
    @Test
    void moneyMovesAndRefusalsAreTheNetworks() {
        var sent = ok("account", "transfer", "--as", "alice", "--to", "bob", "12.5", "--json")
                .json();
        assertThat(sent.get("sent").asText()).isEqualTo("12.5");
        assertThat(sent.get("slot").asLong()).isZero();
        assertThat(ok("account", "show", "bob").out()).containsPattern("balance +10012.5 ATN");
        assertThat(ok("account", "show", shell.identity("alice").toString(), "--json")
                        .json()
                        .get("balance")
                        .asText())
                .isEqualTo("9987.5");
        Shell.Ran poor = shell.run("account", "transfer", "--as", "alice", "--to", "bob", "99999");
        assertThat(poor.exit()).isEqualTo(2);
        assertThat(poor.err()).startsWith("INSUFFICIENT_FUNDS: balance 9987.5 ATN, needed 99999 ATN; ");
        assertThat(shell.run("account", "withdraw", "--as", "bob", "7").err()).startsWith("NO_SUCH_LOCK: ");
    }

    @Test
    void acc17AnotherAssetMovesFromTheCommandLine() {
        String gold = Asset.parse(Shell.GOLD).toString();
        assertThat(assetsOf("alice")).containsExactly("1000 " + gold);
        assertThat(assetsOf("bob")).isEmpty();
        String[] transfer = {"account", "transfer", "--as", "alice", "--to", "bob", "--asset", Shell.GOLD};
        var sent = ok(Stream.concat(Stream.of(transfer), Stream.of("400", "--json"))
                        .toArray(String[]::new))
                .json();
        assertThat(sent.get("sent").asText()).isEqualTo("400");
        assertThat(sent.get("asset").asText()).isEqualTo(gold);
        assertThat(assetsOf("alice")).containsExactly("600 " + gold);
        assertThat(assetsOf("bob")).containsExactly("400 " + gold);
        Shell.Ran shown = ok("account", "show", "bob");
        assertThat(shown.out()).containsPattern("balance +10000 ATN").containsPattern(gold + " +400\n");

        assertThat(shell.run("account", "transfer", "--as", "bob", "--to", "alice", "--asset", gold, "401")
                        .err())
                .startsWith("INSUFFICIENT_FUNDS: balance 400 of asset " + gold + ", needed 401 of asset " + gold
                        + "; add 1 of asset " + gold);
        assertThat(shell.run("account", "transfer", "--as", "bob", "--to", "alice", "--asset", gold, "1.5")
                        .err())
                .startsWith("AMOUNT_INVALID: '1.5' is no amount of asset " + gold);
        Shell.Ran unheard = shell.run("account", "transfer", "--as", "bob", "--to", "alice", "--asset", "gold", "1");
        assertThat(unheard.exit()).isEqualTo(2);
        assertThat(unheard.err()).startsWith("ASSET_INVALID: 'gold' names no asset; write ATN");

        ok("account", "transfer", "--as", "bob", "--to", "alice", "--asset", gold, "400");
        assertThat(assetsOf("bob")).isEmpty();
    }
}

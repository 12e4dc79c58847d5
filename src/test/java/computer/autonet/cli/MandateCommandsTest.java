package computer.autonet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Asset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mandates from the command line: granted, used to pay and to found a project, listed and revoked. */
class MandateCommandsTest extends AtAShell {
    @Test
    void cli01AMandateIsGrantedUsedListedAndRevoked() {
        String bob = shell.identity("bob").toString();
        String shop = "ab".repeat(32);
        var granted = ok("mandate", "grant", "--as", "alice", "--to", bob, "--cap", "10", "--only-to", shop, "--json");
        assertThat(granted.json().get("mandate").asLong()).isEqualTo(1);
        String[] pay = {"mandate", "pay", "--as", "bob", "--for", "alice", "--mandate", "1", "--to", shop, "7.5"};
        ok(pay);
        Shell.Ran again = shell.run(pay);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).startsWith("BEYOND_MANDATE: the mandate leaves 2.5 ATN, needed 7.5");
        var listed =
                ok("mandate", "list", "alice", "--json").json().get("mandates").get(0);
        assertThat(listed.get("spent").asText()).isEqualTo("7.5");
        assertThat(listed.get("holder").asText()).isEqualTo(bob);
        ok("mandate", "revoke", "--as", "bob", "--for", "alice", "1");
        assertThat(shell.run(pay).err()).startsWith("NO_SUCH_MANDATE: ");
        assertThat(ok("mandate", "list", "alice", "--json").json().get("mandates"))
                .isEmpty();
        assertThat(shell.run("mandate").err()).contains("grant, list, pay or revoke");
        assertThat(shell.run("mandate", "pay", "--as", "bob", "--mandate", "1", "--to", shop, "1")
                        .err())
                .contains("--for OWNER");
    }

    @Test
    void cli01AHolderFoundsAndFundsAProjectThatIsTheOwners() {
        ok("mandate", "grant", "--as", "alice", "--to", "bob", "--cap", "50", "--may", "transfer,create_project");
        String[] create = {
            "project",
            "create",
            "--as",
            "bob",
            "--for",
            "alice",
            "--mandate",
            "1",
            "--name",
            "theirs",
            "--fund",
            "50",
            "--json"
        };
        String project = ok(create).json().get("project").asText();
        assertThat(ok("project", "show", project, "--json").json().get("owner").asText())
                .isEqualTo(shell.identity("alice").toString());
        assertThat(ok("account", "show", project, "--json")
                        .json()
                        .get("balance")
                        .asText())
                .isEqualTo("50");
        assertThat(shell.run("project", "create", "--as", "bob", "--for", "alice", "--name", "x")
                        .err())
                .startsWith("USAGE: ");
    }

    @Test
    void acc18AMandateOverAnotherAssetIsGrantedAndUsedFromTheCommandLine() {
        String gold = Asset.parse(Shell.GOLD).toString();
        var granted =
                ok("mandate", "grant", "--as", "alice", "--to", "bob", "--asset", Shell.GOLD, "--cap", "70", "--json");
        assertThat(granted.json().get("asset").asText()).isEqualTo(gold);
        List<String> pay = List.of("mandate", "pay", "--as", "bob", "--for", "alice", "--mandate", "1", "--to", "bob");
        assertThat(ok(Stream.concat(pay.stream(), Stream.of("--asset", gold, "60", "--json"))
                                .toArray(String[]::new))
                        .json()
                        .get("sent")
                        .asText())
                .isEqualTo("60");
        assertThat(assetsOf("bob")).containsExactly("60 " + gold);
        assertThat(shell.run(Stream.concat(pay.stream(), Stream.of("1")).toArray(String[]::new))
                        .err())
                .startsWith("BEYOND_MANDATE: mandate 1 is over asset " + gold + ", not ATN");
        var listed =
                ok("mandate", "list", "alice", "--json").json().get("mandates").get(0);
        assertThat(listed.get("asset").asText()).isEqualTo(gold);
        assertThat(listed.get("cap").asText()).isEqualTo("70");
        assertThat(listed.get("spent").asText()).isEqualTo("60");
    }
}

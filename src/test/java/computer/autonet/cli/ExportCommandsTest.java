package computer.autonet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Asset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Exports from the command line and the verdicts on them, without a node. */
class ExportCommandsTest extends AtAShell {
    @Test
    void cli03AnExportOfAnotherNetworkThanTheOneThatIsNamedDoesNotHold() {
        Path folder = temp.resolve("export");
        ok("export", "--out", folder.toString());
        String network =
                ok("verify", folder.toString(), "--json").json().get("network").asText();
        assertThat(ok("verify", folder.toString(), "--network", network.substring(0, 8))
                        .out())
                .containsPattern("holds +true");
        Shell.Ran other = shell.run("verify", folder.toString(), "--network", "0123456789", "--json");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.json().get("holds").asBoolean()).isFalse();
        assertThat(other.err())
                .contains("DOES_NOT_HOLD: it is an export of network " + network + ", not of 0123456789");
        assertThat(shell.run("verify", folder.toString(), "--network", "mine").exit())
                .isEqualTo(2);
    }

    @Test
    void cli03AnExportIsVerifiedWithoutANodeAndATamperedOneEndsWithOne() throws IOException {
        String project = project();
        ok("account", "stake", "--as", "bob", "--project", project, "--role", "solver", "60");
        Path folder = temp.resolve("export");
        var exported = ok("export", "--out", folder.toString(), "--json").json();
        assertThat(exported.get("processes").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(exported.get("absentBlobs").asInt()).isZero();
        Shell.Ran holds = ok("verify", folder.toString());
        assertThat(holds.out()).containsPattern("holds +true").containsPattern("found +20000 ATN");
        assertThat(holds.err()).contains("checked " + exported.get("entries").asInt() + " entries");

        Path log = folder.resolve("log").resolve(project.replace(':', '-'));
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length - 1] ^= 1;
        Files.write(log, bytes);
        Shell.Ran broken = shell.run("verify", folder.toString(), "--json");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.json().get("holds").asBoolean()).isFalse();
        assertThat(broken.json().get("problem").asText()).startsWith(project + " slot ");
        assertThat(broken.json().has("found")).as("a sum that was not made").isFalse();
        assertThat(broken.err()).contains("DOES_NOT_HOLD: " + project);

        Shell.Ran none = shell.run("verify", temp.resolve("none").toString());
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("EXPORT_UNUSABLE: ");
        assertThat(shell.run("export", "--out", folder.toString()).err()).contains("name a new folder");
    }

    @Test
    void acc11WhatAProjectGotOfAnotherAssetReturnsToItsOwnerAndAnExportAddsUp() {
        String gold = Asset.parse(Shell.GOLD).toString();
        ok("account", "transfer", "--as", "alice", "--to", "bob", "--asset", gold, "300");
        String project = project();
        ok("account", "transfer", "--as", "bob", "--to", project, "--asset", gold, "25");
        assertThat(assetsOf(project)).containsExactly("25 " + gold);
        ok("project", "close", "--as", "alice", project);
        assertThat(assetsOf(project)).isEmpty();
        assertThat(assetsOf("alice")).containsExactly("725 " + gold);

        Path folder = temp.resolve("export");
        ok("export", "--out", folder.toString());
        var verified = ok("verify", folder.toString(), "--json").json();
        assertThat(verified.get("issued").asText()).isEqualTo("20000");
        assertThat(verified.get("assets").get(0).get("asset").asText()).isEqualTo(gold);
        assertThat(verified.get("assets").get(0).get("issued").asText()).isEqualTo("1000");
        assertThat(verified.get("assets").get(0).get("found").asText()).isEqualTo("1000");
        assertThat(ok("verify", folder.toString()).out()).containsPattern(gold + " +1000 +1000\n");
    }
}

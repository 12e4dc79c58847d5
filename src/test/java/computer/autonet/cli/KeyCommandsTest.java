package computer.autonet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keystores from the command line: made, listed, shown, exported, and opened no oftener than needed. */
class KeyCommandsTest extends AtAShell {
    @Test
    void keysAreMadeListedShownAndExported() {
        ok("key", "create", "carol", "--type", "secp256k1");
        assertThat(ok("key", "list").out()).containsSubsequence("identities", "alice", "bob", "carol");
        var shown = ok("key", "show", "carol", "--json").json();
        assertThat(shown.get("type").asText()).isEqualTo("secp256k1");
        assertThat(shown.get("ethereum").asText()).matches("0x[0-9a-f]{40}");
        assertThat(ok("key", "export", "carol").out()).startsWith("-----BEGIN PUBLIC KEY-----\n");
        Shell.Ran taken = shell.run("key", "create", "carol");
        assertThat(taken.exit()).isEqualTo(2);
        assertThat(taken.err()).startsWith("NAME_TAKEN: ");
        assertThat(taken.out()).isEmpty();
    }

    @Test
    void aKeystoreThatIsMissingOrClosedSaysWhatToDo() throws IOException {
        Shell.Ran missing = shell.run("key", "list", "--keystore=" + temp.resolve("none.p12"));
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).startsWith("FILE_MISSING: ").contains("autonet key create");
        Path wrong = Files.writeString(temp.resolve("wrong"), "wrong\n");
        Shell.Ran closed =
                shell.run("key", "list", "--keystore=" + temp.resolve("keys.p12"), "--password-file=" + wrong);
        assertThat(closed.exit()).isEqualTo(2);
        assertThat(closed.err()).startsWith("PASSWORD_WRONG: ");
        Path fresh = temp.resolve("deep/er/keys.p12");
        ok("key", "create", "dora", "--keystore=" + fresh, "--password-file=" + wrong);
        assertThat(fresh).exists();
    }

    @Test
    void aCommandThatNamesSeveralIdentitiesOpensTheKeystoreOnce() {
        int before = shell.opened();
        ok("mandate", "grant", "--as", "alice", "--to", "bob", "--only-to", "alice", "--cap", "1");
        assertThat(shell.opened()).isEqualTo(before + 1);
    }
}

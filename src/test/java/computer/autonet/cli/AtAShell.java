package computer.autonet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test that types command lines: a shell on a network of its own, and what most such tests type in it. */
abstract class AtAShell {
    @TempDir
    Path temp;

    Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = new Shell(temp);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    /** Runs a command that must succeed. */
    final Shell.Ran ok(String... arguments) {
        Shell.Ran ran = shell.run(arguments);
        assertThat(ran.exit()).as("%s%n%s", ran.out(), ran.err()).isZero();
        return ran;
    }

    /** A new project of alice, with 500 ATN in its escrow. */
    final String project() {
        Shell.Ran created = ok(
                "project", "create", "--as", "alice", "--name", "digits", "--rounds", "2", "--fund", "500", "--json");
        return created.json().get("project").asText();
    }

    /** What an account holds besides ATN, as "units asset". */
    final List<String> assetsOf(String owner) {
        List<String> assets = new ArrayList<>();
        ok("account", "show", owner, "--json")
                .json()
                .get("assets")
                .forEach(row -> assets.add(
                        row.get("balance").asText() + " " + row.get("asset").asText()));
        return assets;
    }
}

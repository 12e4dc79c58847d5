package computer.autonet.app;

import computer.autonet.cli.OutputOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** {@code autonet test}: the tests of the sources that this program was built from, by the same script as the launcher's. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Runs every test: the contracts' where Node is there, then Java's. Other arguments go to Maven.",
        footer = {
            "Example: autonet test",
            "         autonet test -Dtest=AuditTest",
            "With --json stdout is one object, the numbers of tests, and everything else goes to stderr.",
            "Exit 0: all passed. 1: one did not."
        })
public final class TestCommand implements Callable<Integer> {
    @Mixin
    OutputOptions output = new OutputOptions();

    @Unmatched
    List<String> others = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("autonet.home", "."), "src", "test", "run-all");
        if (!Files.isExecutable(script)) {
            throw new UserError(
                    "SOURCES_MISSING", "there is no " + script, "run ./autonet test in the folder of the sources");
        }
        List<String> command = new ArrayList<>(List.of(script.toString()));
        if (output.json()) {
            command.add("--json");
        }
        command.addAll(others);
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0 ? 0 : 1;
    }
}

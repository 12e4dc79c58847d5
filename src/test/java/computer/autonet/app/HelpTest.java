package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Help of every command fits a terminal, is grouped, and shows an example. */
class HelpTest {
    private static final int WIDTH = 100;

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
    }

    private static String help(String name) {
        return Objects.requireNonNull(Main.line().getSubcommands().get(name)).getUsageMessage();
    }

    @Test
    void cli01NoLineOfHelpIsWiderThanATerminal() {
        assertThat(all(Main.line())).hasSizeGreaterThan(30).allSatisfy(command -> {
            List<String> lines = command.getUsageMessage().lines().toList();
            assertThat(lines)
                    .as(command.getCommandSpec().qualifiedName())
                    .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(WIDTH));
        });
    }

    @Test
    void cli01EveryCommandOfANodeHasHelpWithAnExampleAndJson() {
        assertThat(List.of("node", "demo", "worker", "bench", "test", "cassandra", "chain"))
                .allSatisfy(name -> {
                    assertThat(help(name)).contains("Example: autonet " + name, "--json", "Output and help:");
                });
    }

    @Test
    void flagsStandUnderTheHeadingOfTheirTopic() {
        assertThat(help("node"))
                .containsSubsequence(
                        "Node:", "--name", "Cassandra:", "--cassandra-keyspace", "Cluster:", "--cluster-seeds");
        assertThat(help("worker"))
                .containsSubsequence("Gateway:", "--gateway", "Keystore:", "--as", "Data of a solver", "--share");
    }

    @Test
    void theListOfCommandsHasTheLaunchersToo() {
        assertThat(Main.line().getSubcommands())
                .containsKeys("demo", "test", "bench", "node", "key", "account", "project", "task", "model", "infer")
                .containsKeys("export", "verify");
    }

    /** The page is for readers without the program; it shows what the program prints. */
    @Test
    void helpInTheDocumentationIsWhatIsPrinted() throws IOException {
        String page = Files.readString(Path.of("docs", "cli.md"));
        Matcher block = Pattern.compile("(?m)^### autonet (.+)\n```\n((?:(?!```).*\n)+)```$")
                .matcher(page);
        Set<String> shown = new TreeSet<>();
        while (block.find()) {
            CommandLine command = Main.line();
            for (String word : block.group(1).split(" ")) {
                command = Objects.requireNonNull(command.getSubcommands().get(word), word);
            }
            assertThat(block.group(2)).as("docs/cli.md, %s", block.group(1)).isEqualTo(command.getUsageMessage());
            shown.add("autonet " + block.group(1));
        }
        // Those that are nothing but the name of a group have nothing to explain.
        Set<String> there = all(Main.line())
                .filter(command -> command.getSubcommands().isEmpty() || command.getCommand() instanceof Callable)
                .map(command -> command.getCommandSpec().qualifiedName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).as("commands in docs/cli.md").isEqualTo(there);
    }
}

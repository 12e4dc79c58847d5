package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
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
        assertThat(List.of("node", "demo", "worker", "bench", "test")).allSatisfy(name -> {
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
}

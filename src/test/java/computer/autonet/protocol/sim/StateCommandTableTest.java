package computer.autonet.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Kind;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every command has an answer in every state, in the tables of docs/spec, and the tables say what happens. */
class StateCommandTableTest {
    private static List<String> states(Kind kind) {
        return switch (kind) {
            case PROJECT -> {
                var all = new ArrayList<>(names(Stage.class));
                all.add("Unfounded");
                yield all;
            }
            case TASK -> names(TaskState.class);
            case ACCOUNT -> List.of("AccountState");
            case SOLVER -> List.of("SolverState");
            case COORDINATOR -> List.of("CoordinatorState");
            case AGGREGATOR -> List.of("AggregatorState");
            case CONSTITUTION -> List.of("ConstitutionState");
        };
    }

    private static List<String> names(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
    }

    /** Cell by "command/state". */
    private static Map<String, String> table(Kind kind) throws IOException {
        var cells = new TreeMap<String, String>();
        List<String> header = List.of();
        for (String line : Files.readAllLines(Path.of("docs/spec/" + kind.label() + ".md"))) {
            if (!line.startsWith("|")) {
                header = List.of();
                continue;
            }
            List<String> row = Arrays.stream(line.substring(1).split("\\|"))
                    .map(String::trim)
                    .toList();
            if (row.get(0).equals("command")) {
                header = row;
            } else if (!header.isEmpty() && !row.get(0).startsWith("-") && row.size() == header.size()) {
                for (int i = 2; i < row.size(); i++) {
                    cells.put(row.get(0) + "/" + header.get(i), row.get(i));
                }
            }
        }
        return cells;
    }

    @Test
    void everyStateAnswersEveryCommand() throws IOException {
        for (Kind kind : Kind.values()) {
            var cells = table(kind);
            var pairs = new ArrayList<String>();
            for (String command : names(Gibberish.COMMANDS.get(kind))) {
                states(kind).forEach(state -> pairs.add(command + "/" + state));
            }
            assertThat(cells.keySet()).as("table of %s", kind).containsExactlyInAnyOrderElementsOf(pairs);
            for (String cell : cells.values()) {
                assertThat(cell.equals("acts")
                                || Arrays.stream(Code.values())
                                        .anyMatch(code -> code.name().equals(cell)))
                        .as("'%s' is 'acts' or a code", cell)
                        .isTrue();
            }
        }
    }

    @Test
    void whatIsAcceptedInALogActsInTheTable() throws IOException {
        var seen = new TreeMap<String, Integer>();
        for (long seed = 1; seed <= 12; seed++) {
            var scenario = new Scenario(seed);
            scenario.run();
            for (Host<?, ?, ?> host : scenario.world().all()) {
                var cells = table(host.id.kind());
                host.replay((state, draft) -> {
                    String command = command(draft.input());
                    if (!command.isEmpty() && draft.bounced().isEmpty()) {
                        String pair = command + "/" + phase(state);
                        assertThat(cells.get(pair)).as("%s was accepted", pair).isEqualTo("acts");
                        seen.merge(pair, 1, Integer::sum);
                    }
                });
            }
        }
        assertThat(seen).as("the simulation reaches most of the tables").hasSizeGreaterThan(35);
    }

    private static String command(Input input) {
        if (input instanceof Input.Signed signed) {
            return signed.command().getClass().getSimpleName();
        }
        return input instanceof Input.FromProcess from && from.payload() instanceof Payload.Ask ask
                ? ask.command().getClass().getSimpleName()
                : "";
    }

    private static String phase(Object state) {
        return state instanceof ProjectState.Founded founded
                ? founded.stage().getClass().getSimpleName()
                : state.getClass().getSimpleName();
    }
}

package computer.autonet.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Kernel;
import computer.autonet.protocol.process.Outcome;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.protocol.process.Refusal;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every command has an answer in every state, in the tables of docs/spec, and the tables say what happens. */
class StateCommandTableTest {
    private static final int SEEDS = 12;

    /** Of one message and of one state of a process. */
    private static final int SAMPLES = 3;

    private static final List<World> PLAYED = new ArrayList<>();

    /** The networks of these seeds at their end. */
    private static List<World> played() {
        for (long seed = PLAYED.size() + 1; seed <= SEEDS; seed++) {
            var scenario = new Scenario(seed);
            scenario.run();
            PLAYED.add(scenario.world());
        }
        return PLAYED;
    }

    @AfterAll
    static void forget() {
        PLAYED.clear();
    }

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
        var seen = new TreeSet<String>();
        for (World world : played()) {
            for (Host<?, ?, ?> host : world.all()) {
                var cells = table(host.id.kind());
                host.replay((state, draft) -> {
                    String command = command(draft.input());
                    if (!command.isEmpty() && draft.bounced().isEmpty()) {
                        String pair = command + "/" + phase(state);
                        assertThat(cells.get(pair)).as("%s was accepted", pair).isEqualTo("acts");
                        seen.add(pair);
                    }
                });
            }
        }
        assertThat(seen).as("the simulation reaches most of the tables").hasSizeGreaterThan(35);
    }

    /** Each message of a log is put to the other states that its process had, from the one who sent it. */
    @Test
    void whatTheTablesRefuseIsRefusedWithThatCode() throws IOException {
        var asked = new TreeSet<String>();
        for (World world : played()) {
            for (Host<?, ?, ?> host : world.all()) {
                askEveryState(host, table(host.id.kind()), asked);
            }
        }
        var refusing = new TreeSet<String>();
        for (Kind kind : Kind.values()) {
            table(kind).forEach((pair, cell) -> {
                if (!cell.equals("acts")) {
                    refusing.add(kind + " " + pair);
                }
            });
        }
        assertThat(refusing).as("cells that refuse").isNotEmpty();
        refusing.removeAll(asked);
        assertThat(refusing).as("cells that were not put to the rules").isEmpty();
    }

    private static <S, C extends Command, E extends Event> void askEveryState(
            Host<S, C, E> host, Map<String, String> cells, Set<String> asked) {
        var states = new TreeMap<String, List<ProcessState<S>>>();
        var messages = new TreeMap<String, List<Input>>();
        host.replay((state, draft) -> {
            keep(states, phase(state), state);
            keep(messages, command(draft.input()), draft.input());
        });
        keep(states, phase(host.state()), host.state());
        messages.remove("");
        messages.forEach((command, inputs) -> states.forEach((phase, had) -> {
            String pair = command + "/" + phase;
            for (ProcessState<S> state : cells.get(pair).equals("acts") ? List.<ProcessState<S>>of() : had) {
                for (Input input : inputs) {
                    Outcome outcome = host.decide(state, again(input, state), state.timestampMillis());
                    if (!(outcome instanceof Outcome.TickFirst)) {
                        assertThat(refusal(outcome))
                                .as("%s of %s to %s", pair, host.id, input)
                                .map(refusal -> refusal.code().name())
                                .contains(cells.get(pair));
                        asked.add(host.id.kind() + " " + pair);
                    }
                }
            }
        }));
    }

    private static <T> void keep(Map<String, List<T>> samples, String name, T sample) {
        List<T> kept = samples.computeIfAbsent(name, n -> new ArrayList<>());
        if (kept.size() < SAMPLES) {
            kept.add(sample);
        }
    }

    /** The same act of the same sender, as a message that the state expects next. */
    private static Input again(Input input, ProcessState<?> state) {
        if (input instanceof Input.Signed signed) {
            return new Input.Signed(
                    Hash.digest(signed.id() + " again"),
                    signed.sender(),
                    Kernel.lastNonce(state, signed.sender()) + 1,
                    state.timestampMillis() + 1,
                    signed.command(),
                    signed.raw());
        }
        var from = (Input.FromProcess) input;
        long sequence = state.received().getOrDefault(from.source(), 0L) + 1;
        return new Input.FromProcess(
                from.source(), from.slot(), from.index(), from.entryHash(), sequence, from.payload());
    }

    private static Optional<Refusal> refusal(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return Optional.of(refused.refusal());
        }
        return outcome instanceof Outcome.Record record ? record.draft().bounced() : Optional.empty();
    }

    private static String command(Input input) {
        if (input instanceof Input.Signed signed) {
            return signed.command().getClass().getSimpleName();
        }
        return input instanceof Input.FromProcess from && from.payload() instanceof Payload.Ask ask
                ? ask.command().getClass().getSimpleName()
                : "";
    }

    private static String phase(ProcessState<?> process) {
        Object state = process.domain();
        return state instanceof ProjectState.Founded founded
                ? founded.stage().getClass().getSimpleName()
                : state.getClass().getSimpleName();
    }
}

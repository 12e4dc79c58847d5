package computer.autonet.app.demo;

import computer.autonet.app.UserError;
import computer.autonet.cli.Program;
import computer.autonet.engine.work.Behaviour;
import computer.autonet.protocol.role.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code ./autonet demo}. */
final class DemoOptions {
    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Rounds to publish (default: ${DEFAULT-VALUE}).")
    int rounds = 10;

    @Option(
            names = "--solvers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Honest solvers (default: ${DEFAULT-VALUE}).")
    int solvers = 3;

    @Option(
            names = "--coordinators",
            paramLabel = "N",
            defaultValue = "3",
            description = "Honest coordinators, at least 3 (default: ${DEFAULT-VALUE}).")
    int coordinators = 3;

    @Option(
            names = "--dataset",
            defaultValue = "digits",
            paramLabel = "digits|fashion|DIR",
            description = "What is learned: a bundled set, or a folder with the four IDX files, gzipped or not "
                    + "(default: ${DEFAULT-VALUE}).")
    String dataset = "digits";

    @Option(
            names = "--model",
            defaultValue = "mlp",
            paramLabel = "mlp|cnn",
            description = "The network that is trained (default: ${DEFAULT-VALUE}).")
    String model = "mlp";

    @Option(
            names = "--split",
            defaultValue = "iid",
            paramLabel = "iid|dirichlet:ALPHA",
            description = "How the solvers' data differ (default: ${DEFAULT-VALUE}).")
    String split = "iid";

    @Option(
            names = "--adversary",
            paramLabel = "ROLE:KIND",
            description =
                    "Adds one beside the honest; repeatable. A solver can be random, copycat, silent or signflip; a "
                            + "coordinator lazy, copy or liar; a proposer withhold.")
    List<String> adversaries = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Data split, initial weights and keys follow from it (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the node keeps its journal. A demo that was killed goes on there when it is started "
                    + "with the same folder and flags. Default: a new folder below .autonet.")
    @Nullable
    Path dataDir;

    @Option(names = "--serve", description = "Stay and answer queries when the rounds are over, until Ctrl-C.")
    boolean serve;

    @Option(
            names = "--gateway-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the gateway; 0 takes any free one (default: ${DEFAULT-VALUE}).")
    int gatewayPort;

    List<Cast.Adversary> parsedAdversaries() {
        return adversaries.stream().map(DemoOptions::adversary).toList();
    }

    private static Cast.Adversary adversary(String text) {
        for (Role role : Role.values()) {
            for (Behaviour behaviour : kinds(role)) {
                if (behaviour.label(role).equals(text.toLowerCase(Locale.ROOT))) {
                    return new Cast.Adversary(role, behaviour);
                }
            }
        }
        throw new UserError("ADVERSARY_UNKNOWN", unknown(text), "write one of " + labels(List.of(Role.values())));
    }

    private static List<Behaviour> kinds(Role role) {
        return Arrays.stream(Behaviour.values())
                .filter(behaviour -> behaviour != Behaviour.HONEST && behaviour.fits(role))
                .toList();
    }

    /** Most often a kind is right, and stands beside the wrong role. */
    private static String unknown(String text) {
        String kind = text.substring(text.indexOf(':') + 1).toUpperCase(Locale.ROOT);
        return Arrays.stream(Role.values())
                .filter(role -> kinds(role).stream()
                        .anyMatch(behaviour -> behaviour.name().equals(kind)))
                .findFirst()
                .map(role -> "'" + text + "' does not fit: " + kind.toLowerCase(Locale.ROOT) + " is a kind of "
                        + role.label())
                .orElse("no adversary is called '" + text + "'");
    }

    private static String labels(List<Role> roles) {
        return String.join(
                ", ",
                roles.stream()
                        .flatMap(role -> kinds(role).stream().map(behaviour -> behaviour.label(role)))
                        .toList());
    }

    void check() {
        require(rounds >= 1, "--rounds " + rounds, "ask for at least 1");
        require(solvers >= 2 && solvers <= 32, "--solvers " + solvers, "ask for 2 to 32");
        require(coordinators >= 3 && coordinators <= 32, "--coordinators " + coordinators, "ask for 3 to 32");
        require(gatewayPort >= 0, "--gateway-port " + gatewayPort, "give a port, or 0 for any free one");
    }

    private static void require(boolean condition, String what, String remedy) {
        if (!condition) {
            throw new UserError("FLAG_INVALID", what, remedy);
        }
    }

    /** The command that goes on in a folder where a demo with these flags was. */
    String command(Path folder) {
        var words =
                new ArrayList<String>(List.of(Program.called() + " demo --data-dir", Program.word(folder.toString())));
        var standard = new DemoOptions();
        word(words, "--rounds", rounds, standard.rounds);
        word(words, "--solvers", solvers, standard.solvers);
        word(words, "--coordinators", coordinators, standard.coordinators);
        word(words, "--dataset", dataset, standard.dataset);
        word(words, "--model", model, standard.model);
        word(words, "--split", split, standard.split);
        adversaries.forEach(adversary -> word(words, "--adversary", adversary, ""));
        word(words, "--seed", seed, standard.seed);
        return String.join(" ", words);
    }

    private static void word(List<String> words, String flag, Object value, Object standard) {
        if (!value.equals(standard)) {
            words.add(flag + " " + Program.word(value.toString()));
        }
    }

    /** What must be the same when a demo goes on in its folder. */
    String fingerprint() {
        return String.join(
                " ",
                "rounds=" + rounds,
                "solvers=" + solvers,
                "coordinators=" + coordinators,
                "dataset=" + dataset,
                "model=" + model,
                "split=" + split,
                "adversaries=" + adversaries,
                "seed=" + seed);
    }
}

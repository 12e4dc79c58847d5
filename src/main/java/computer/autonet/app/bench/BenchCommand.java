package computer.autonet.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import computer.autonet.app.UserError;
import computer.autonet.cli.OutputOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code bench}: measures this build on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this build on this machine, each figure after a warm-up.",
        footer = {
            "Example: autonet bench yuma fedavg --seconds 5",
            "",
            "submit       signed messages per second by the node's own channel to the journal; then verify",
            "submit-grpc  the same over gRPC on loopback, with the clients in the same JVM",
            "yuma         an epoch of 256 coordinators and 1,024 solvers",
            "fedavg       averaging",
            "rounds       rounds per minute with training removed",
            "overhead     (round wall time - training time) / training time of the default demo"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final List<Measurement> ALL = List.of(
            new Submitting(false),
            new Submitting(true),
            new Yuma(),
            new Averaging(),
            new Rounds(false),
            new Rounds(true));

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "What to measure; default: everything.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How long each is measured, 1 to 120; half as long again is warm-up (default: ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || seconds > 120) {
            throw new UserError("FLAG_INVALID", "--seconds " + seconds, "ask for 1 to 120");
        }
        System.setProperty("autonet.terminal.level", "ERROR");
        Map<String, Object> results = new LinkedHashMap<>();
        for (Measurement measurement : chosen()) {
            System.err.println("measuring " + measurement.name());
            Path scratch = Files.createTempDirectory("autonet-bench");
            try {
                SortedMap<String, Object> figures = measurement.measure(scratch, seconds);
                results.put(measurement.name(), figures);
                if (!output.json()) {
                    figures.forEach((name, figure) -> System.out.println(
                            String.format(Locale.ROOT, "%-12s %-26s %s", measurement.name(), name, shown(figure))));
                }
            } finally {
                delete(scratch);
            }
        }
        if (output.json()) {
            results.put(
                    "machine",
                    Map.of(
                            "cores", Runtime.getRuntime().availableProcessors(),
                            "java", Runtime.version().toString(),
                            "os", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
            System.out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(results));
        }
        return 0;
    }

    private static String shown(Object figure) {
        return figure instanceof Double number ? String.format(Locale.ROOT, "%,.3f", number) : figure.toString();
    }

    private List<Measurement> chosen() {
        if (names.isEmpty()) {
            return ALL;
        }
        return names.stream()
                .map(name -> ALL.stream()
                        .filter(m -> m.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new UserError(
                                "BENCH_UNKNOWN",
                                "nothing is measured by the name '" + name + "'",
                                "choose of "
                                        + String.join(
                                                ", ",
                                                ALL.stream()
                                                        .map(Measurement::name)
                                                        .toList()))))
                .toList();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

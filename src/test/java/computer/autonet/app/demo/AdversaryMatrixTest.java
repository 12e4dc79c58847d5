package computer.autonet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.engine.work.Behaviour;
import computer.autonet.protocol.role.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the demo promises of its learning and of each adversary, on five seeds: hours on two busy cores, so it runs where
 * {@code autonet.adversaries} asks for it. {@code all} is everything; {@code honest,solver:random@3} is the honest run of
 * each seed and one adversary on seed 3. Prints the tables of docs/measurements.md.
 */
@EnabledIfSystemProperty(named = "autonet.adversaries", matches = ".+")
class AdversaryMatrixTest {
    private static final int SEEDS = 5;
    private static final double POINT = 0.01;

    /** Runs without adversaries, and the least that the median of their seeds must reach. */
    private enum Lesson {
        HONEST(0.95, 10, "digits", "mlp", "iid"),
        UNEVEN(0.93, 10, "digits", "mlp", "dirichlet:0.5"),
        FASHION(0.85, 20, "fashion", "cnn", "iid");

        private final double least;
        private final int rounds;
        private final String dataset;
        private final String model;
        private final String split;

        Lesson(double least, int rounds, String dataset, String model, String split) {
            this.least = least;
            this.rounds = rounds;
            this.dataset = dataset;
            this.model = model;
            this.split = split;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One run, as the property names it. */
    private record Cell(String kind, long seed) {}

    @TempDir
    Path folder;

    private final Map<Cell, Ran> runs = new TreeMap<>((a, b) -> a.kind().equals(b.kind())
            ? Long.compare(a.seed(), b.seed())
            : a.kind().compareTo(b.kind()));
    private final List<String> broken = new ArrayList<>();

    private static List<String> adversaries() {
        List<String> labels = new ArrayList<>();
        for (Role role : Role.values()) {
            for (Behaviour behaviour : Behaviour.values()) {
                if (behaviour != Behaviour.HONEST && behaviour.fits(role)) {
                    labels.add(behaviour.label(role));
                }
            }
        }
        return labels;
    }

    private static List<Cell> asked(String property) {
        List<String> kinds = new ArrayList<>();
        Arrays.stream(Lesson.values()).map(Lesson::label).forEach(kinds::add);
        kinds.addAll(adversaries());
        List<Cell> cells = new ArrayList<>();
        for (String word : property.equals("all") ? kinds : List.of(property.split(","))) {
            String kind = word.replaceFirst("@.*", "");
            assertThat(kinds)
                    .as("autonet.adversaries: all, or of these, such as solver:random@3")
                    .contains(kind);
            if (word.equals(kind)) {
                for (long seed = 1; seed <= SEEDS; seed++) {
                    cells.add(new Cell(kind, seed));
                }
            } else {
                cells.add(new Cell(kind, Long.parseLong(word.substring(kind.length() + 1))));
            }
        }
        return cells;
    }

    private DemoOptions options(Cell cell) {
        Lesson lesson = Stream.of(Lesson.values())
                .filter(one -> one.label().equals(cell.kind()))
                .findFirst()
                .orElse(Lesson.HONEST);
        var options = new DemoOptions();
        options.rounds = lesson.rounds;
        options.dataset = lesson.dataset;
        options.model = lesson.model;
        options.split = lesson.split;
        options.seed = cell.seed();
        options.adversaries = adversaries().contains(cell.kind()) ? List.of(cell.kind()) : List.of();
        options.dataDir = folder.resolve(cell.kind().replace(':', '-') + "-" + cell.seed());
        return options;
    }

    private Ran ran(Cell cell) throws IOException, InterruptedException {
        Ran known = runs.get(cell);
        if (known == null) {
            known = Ran.demo(options(cell));
            runs.put(cell, known);
            System.out.printf(
                    Locale.ROOT,
                    "%s, seed %d: %s %% in %.0f s%n",
                    cell.kind(),
                    cell.seed(),
                    percent(known.result().finalAccuracy()),
                    known.result().seconds());
        }
        return known;
    }

    private void expect(boolean holds, Cell cell, String what) {
        if (!holds) {
            broken.add(cell.kind() + ", seed " + cell.seed() + ": " + what);
        }
    }

    @Test
    void theHonestLearnAndEarnAndNoAdversaryGetsMoreThanHalfOfThatOrHarmsTheModel() throws Exception {
        List<String> learning = new ArrayList<>();
        List<String> harm = new ArrayList<>();
        Map<Lesson, List<Ran>> lessons = new TreeMap<>();
        for (Cell cell : asked(System.getProperty("autonet.adversaries"))) {
            Ran ran = ran(cell);
            DemoResult result = ran.result();
            expect(result.rounds().size() == options(cell).rounds, cell, "not all rounds finished");
            expect(result.ledger().held().compareTo(result.ledger().issued()) == 0, cell, "the ledger does not add up");
            for (DemoResult.Participant p : result.participants()) {
                boolean honest = p.behaviour().equals("honest");
                expect(!honest || p.earned().signum() > 0, cell, p.id() + " earned nothing");
                expect(!honest || p.slashed().signum() == 0, cell, p.id() + " was charged " + p.slashed());
            }
            for (Lesson lesson : Lesson.values()) {
                if (lesson.label().equals(cell.kind())) {
                    lessons.computeIfAbsent(lesson, l -> new ArrayList<>()).add(ran);
                    learning.add(String.join(
                            " | ",
                            "| " + lesson.label(),
                            cell.seed() + "",
                            percent(result.finalAccuracy()),
                            percent(result.centralAccuracy()) + " |"));
                }
            }
            for (DemoResult.Participant adversary : ran.adversaries()) {
                harm.add(judge(cell, ran, adversary));
            }
        }
        lessons.forEach((lesson, all) -> learning.addAll(judge(lesson, all)));
        System.out.println("\n| what | seed | final accuracy | central accuracy |\n|---|---|---|---|");
        learning.forEach(System.out::println);
        System.out.println(
                "\n| adversary | seed | final accuracy | honest run | earned | slashed | lowest honest net |\n"
                        + "|---|---|---|---|---|---|---|");
        harm.forEach(System.out::println);
        assertThat(broken).isEmpty();
    }

    /** The row of an adversary. */
    private String judge(Cell cell, Ran ran, DemoResult.Participant adversary)
            throws IOException, InterruptedException {
        double honest =
                ran(new Cell(Lesson.HONEST.label(), cell.seed())).result().finalAccuracy();
        double beside = ran.result().finalAccuracy();
        expect(honest - beside <= POINT, cell, percent(beside) + " % beside it, " + percent(honest) + " % without");
        BigDecimal lowest = ran.lowestNet(adversary.role());
        expect(
                Ran.net(adversary).multiply(BigDecimal.valueOf(2)).compareTo(lowest) <= 0,
                cell,
                "it netted " + Ran.net(adversary) + ", the lowest honest one " + lowest);
        // Before round 2 it may not have joined.
        boolean hadTurns = !adversary.behaviour().equals("withhold")
                || Ran.withheld(options(cell)).stream().anyMatch(round -> round > 1);
        expect(
                !Ran.breaksCommitments(adversary)
                        || !hadTurns
                        || adversary.slashed().signum() > 0,
                cell,
                "a broken commitment cost it nothing");
        return String.join(
                " | ",
                "| " + cell.kind(),
                cell.seed() + "",
                percent(beside),
                percent(honest),
                atn(adversary.earned()),
                atn(adversary.slashed()),
                atn(lowest) + " |");
    }

    /** The row of a lesson's medians, where all seeds were asked for. */
    private List<String> judge(Lesson lesson, List<Ran> all) {
        if (all.size() < SEEDS) {
            return List.of();
        }
        double reached = median(all.stream().map(r -> r.result().finalAccuracy()));
        double central = median(all.stream().map(r -> r.result().centralAccuracy()));
        var cell = new Cell(lesson.label(), 0);
        expect(reached >= lesson.least, cell, "the median is " + percent(reached) + " %");
        expect(
                lesson != Lesson.HONEST || central - reached <= POINT,
                cell,
                "the median is " + percent(reached) + " %, that of central training " + percent(central) + " %");
        return List.of("| " + lesson.label() + " | median | " + percent(reached) + " | " + percent(central) + " |");
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    private static String atn(BigDecimal amount) {
        return amount.setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}

package computer.autonet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule of docs/spec has an address that both the code and a test name: {@code YUMA-07}, in a method's name yuma07. */
class SpecificationTest {
    /** A row of a table, a heading, or the first words of a paragraph. */
    private static final Pattern RULE =
            Pattern.compile("^(?:\\| *(?=\\S+ *\\|)|#+ +|\\*\\*(?=\\S+\\.\\*\\*))([A-Z]+-\\d{2})\\b");

    private static final Pattern ID = Pattern.compile("\\b([A-Z]+)-\\d{2}\\b");

    @Test
    void everyRuleIsNamedByCodeAndByATest() throws IOException {
        var rules = new TreeMap<String, Path>();
        var twice = new TreeSet<String>();
        var pages = new ArrayList<Path>();
        files(".md", "docs/spec").forEach(pages::add);
        pages.add(Path.of("docs/data.md"));
        for (Path page : pages) {
            for (String line : Files.readAllLines(page)) {
                var rule = RULE.matcher(line);
                if (rule.find() && rules.put(rule.group(1), page) != null) {
                    twice.add(rule.group(1));
                }
            }
        }
        assertThat(rules).as("docs/spec has rules").isNotEmpty();
        assertThat(twice).as("rules with the same id: number one anew").isEmpty();

        String writtenCode = text(".java", "src/main/java") + text(".sol", "contracts/src");
        String writtenTests = text(".java", "src/test/java") + text(".sol", "contracts/test");
        var kinds = new TreeSet<String>();
        rules.keySet().forEach(id -> kinds.add(id.substring(0, id.indexOf('-'))));
        assertThat(ID.matcher(text(".md", "docs") + writtenCode + writtenTests)
                        .results()
                        .filter(id -> kinds.contains(id.group(1)))
                        .map(MatchResult::group)
                        .filter(id -> !rules.containsKey(id)))
                .as("ids that no rule has: begin a row, a heading or a paragraph (**DATA-01.** ...) with it")
                .isEmpty();

        String code = writtenCode.toUpperCase(Locale.ROOT);
        String tests = writtenTests.toUpperCase(Locale.ROOT);
        assertThat(rules.keySet().stream().filter(id -> !names(code, id)))
                .as("rules that no code names: say in a comment where each is kept")
                .isEmpty();
        assertThat(rules.keySet().stream().filter(id -> !names(tests, id)))
                .as("rules that no test names: begin a test's name with the id, such as yuma07...")
                .isEmpty();
    }

    private static boolean names(String text, String id) {
        return text.contains(id) || text.contains(id.replace("-", ""));
    }

    private static String text(String suffix, String root) throws IOException {
        var text = new StringBuilder();
        for (Path file : files(suffix, root)) {
            text.append(Files.readString(file)).append('\n');
        }
        return text.toString();
    }

    private static Iterable<Path> files(String suffix, String root) throws IOException {
        if (Files.notExists(Path.of(root))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}

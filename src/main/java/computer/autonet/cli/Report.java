package computer.autonet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a command found, as named values in order: one content, printed for people or as JSON. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Enough to tell ids apart in a table; JSON has them whole. */
    private static final int BRIEF_AMOUNT_DECIMALS = 4;

    private final Map<String, Object> values = new LinkedHashMap<>();

    public Report with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** Left out where there is nothing. */
    public Report with(String name, Optional<?> value) {
        value.ifPresent(v -> values.put(name, v));
        return this;
    }

    public Report with(String name, List<Report> rows) {
        values.put(name, List.copyOf(rows));
        return this;
    }

    public String json() {
        try {
            return JSON.writeValueAsString(plain());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report has a JSON form", e);
        }
    }

    private Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(key(name), plain(value)));
        return plain;
    }

    /** People read {@code absent blobs}, programs {@code absentBlobs}. */
    private static String key(String name) {
        var key = new StringBuilder();
        for (String word : name.split(" ")) {
            key.append(
                            key.isEmpty()
                                    ? word.substring(0, 1)
                                    : word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1));
        }
        return key.toString();
    }

    private static Object plain(Object value) {
        if (value instanceof Report report) {
            return report.plain();
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(item -> plain.add(plain(item)));
            return plain;
        }
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** Names and values in two columns; lists of reports as tables below. */
    String text() {
        var text = new StringBuilder();
        int width = values.entrySet().stream()
                .filter(e -> !isTable(e.getValue()))
                .mapToInt(e -> e.getKey().length())
                .max()
                .orElse(0);
        values.forEach((name, value) -> {
            if (!isTable(value)) {
                text.append(padded(name, width))
                        .append("  ")
                        .append(whole(value))
                        .append('\n');
            }
        });
        values.forEach((name, value) -> {
            if (isTable(value)) {
                table(text, name, (List<?>) value);
            }
        });
        return text.toString();
    }

    private static boolean isTable(Object value) {
        return value instanceof List<?> list && (list.isEmpty() || list.get(0) instanceof Report);
    }

    private static void table(StringBuilder text, String name, List<?> rows) {
        if (rows.isEmpty()) {
            text.append(name).append(": none\n");
            return;
        }
        List<String> columns = new ArrayList<>();
        for (Object row : rows) {
            ((Report) row)
                    .values.keySet().stream().filter(c -> !columns.contains(c)).forEach(columns::add);
        }
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns);
        for (Object row : rows) {
            cells.add(columns.stream()
                    .map(c -> Optional.ofNullable(((Report) row).values.get(c))
                            .map(Report::brief)
                            .orElse(""))
                    .toList());
        }
        text.append(name).append('\n');
        for (List<String> line : cells) {
            var joined = new StringBuilder();
            for (int c = 0; c < columns.size(); c++) {
                int column = c;
                int width = cells.stream()
                        .mapToInt(l -> l.get(column).length())
                        .max()
                        .orElse(0);
                joined.append("  ").append(padded(line.get(c), width));
            }
            text.append(joined.toString().stripTrailing()).append('\n');
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String whole(Object value) {
        return value instanceof Amount amount ? amount + " ATN" : value.toString();
    }

    private static String brief(Object value) {
        if (value instanceof Amount amount) {
            return amount.toTokens(BRIEF_AMOUNT_DECIMALS) + " ATN";
        }
        if (value instanceof Identity identity) {
            return identity.brief();
        }
        if (value instanceof ProcessId process) {
            return process.brief();
        }
        if (value instanceof BlobId blob) {
            return blob.hash().brief();
        }
        if (value instanceof Hash hash) {
            return hash.brief();
        }
        return value instanceof List<?> list
                ? String.join(" ", list.stream().map(Report::brief).toList())
                : value.toString();
    }
}

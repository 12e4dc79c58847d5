package computer.autonet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import computer.autonet.port.Examples;
import computer.autonet.port.ImageSets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Inputs for a model, each row by row with values from 0 to 1, and their true classes where they are known: from JSON
 * (an array of arrays), CSV (one input per line), or a built-in set ({@code digits:0,5,10-12}).
 */
record Samples(List<float[]> values, List<Integer> labels) {
    /** As many as a gateway takes in one request (GATE-11); more are for several commands. */
    static final int MAX = 1_024;

    private static final Pattern BUILT_IN = Pattern.compile("([a-z]+):([0-9,-]+)");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");
    private static final String REMEDY = "give a JSON array of arrays, CSV, or SET:INDEX such as digits:0,5,10-12";

    Samples {
        values = List.copyOf(values);
        labels = List.copyOf(labels);
    }

    static Samples read(String input, InputStream stdin, ImageSets images) {
        Matcher builtIn = BUILT_IN.matcher(input);
        if (builtIn.matches()) {
            Optional<Examples> set = images.test(builtIn.group(1));
            if (set.isPresent()) {
                return builtIn(input, set.get(), builtIn.group(2));
            }
        }
        try {
            String text = input.equals("-")
                    ? new String(stdin.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(input));
            return new Samples(text.stripLeading().startsWith("[") ? json(text) : csv(text), List.of());
        } catch (IOException e) {
            throw CliException.users("INPUT_MISSING", input + " cannot be read", REMEDY);
        }
    }

    private static Samples builtIn(String input, Examples set, String chosen) {
        List<float[]> values = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (String part : chosen.split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                throw CliException.users("INPUT_INVALID", "'" + part + "' is no index", REMEDY);
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last < first || last >= set.count() || last - first >= MAX) {
                throw CliException.users(
                        "INPUT_INVALID",
                        input + " has no images " + part,
                        "choose at most " + MAX + " from 0 to " + (set.count() - 1));
            }
            for (int index = first; index <= last; index++) {
                float[] image = new float[set.rows() * set.cols()];
                set.copyImage(index, image, 0);
                values.add(image);
                labels.add(set.label(index));
            }
        }
        return new Samples(values, labels);
    }

    private static List<float[]> json(String text) {
        try {
            float[][] rows = new ObjectMapper().readValue(text, float[][].class);
            if (rows == null || Arrays.stream(rows).anyMatch(Objects::isNull)) {
                throw CliException.users("INPUT_INVALID", "the JSON holds null where an array belongs", REMEDY);
            }
            return List.of(rows);
        } catch (JsonProcessingException e) {
            throw CliException.users(
                    "INPUT_INVALID", "the JSON is no array of arrays of numbers: " + e.getOriginalMessage(), REMEDY);
        }
    }

    private static List<float[]> csv(String text) {
        List<float[]> rows = new ArrayList<>();
        for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
            String[] cells = line.split(",", -1);
            float[] row = new float[cells.length];
            for (int i = 0; i < cells.length; i++) {
                try {
                    row[i] = Float.parseFloat(cells[i].trim());
                } catch (NumberFormatException e) {
                    throw CliException.users(
                            "INPUT_INVALID",
                            "line " + (rows.size() + 1) + ": '" + cells[i].trim() + "' is no number",
                            REMEDY);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    /** Ends the command if a model of {@code pixels} inputs cannot read these. */
    void mustFit(int pixels) {
        if (values.isEmpty() || values.size() > MAX) {
            throw CliException.users("INPUT_INVALID", "there are " + values.size() + " inputs", "give 1 to " + MAX);
        }
        for (int i = 0; i < values.size(); i++) {
            float[] row = values.get(i);
            if (row.length != pixels) {
                throw CliException.users(
                        "INPUT_INVALID",
                        "input " + i + " has " + row.length + " values",
                        "the model reads " + pixels + ", row by row");
            }
            for (float value : row) {
                if (!(value >= 0 && value <= 1)) {
                    throw CliException.users(
                            "INPUT_INVALID", "input " + i + " holds " + value, "scale values from 0 (background) to 1");
                }
            }
        }
    }
}

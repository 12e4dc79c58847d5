package computer.autonet.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A key that a node's settings have, as application.conf and journal-cassandra.conf explain it. Its name is the same in
 * a file, in the environment and as a flag (NODE-07).
 *
 * @param key below {@code autonet}
 * @param standard what holds unless it is set
 */
record Setting(String key, ConfigValue standard) {
    private static final String ROOT = "autonet.";
    private static final String JOBS = "work";

    /** All that a flag can set, in alphabetical order; what the files include is for experts, files and variables. */
    static List<Setting> all() {
        return Stream.of(
                        explained("application.conf", "autonet"),
                        explained("journal-cassandra.conf", "autonet.cassandra"))
                .flatMap(block -> block.entrySet().stream())
                .map(Setting::of)
                .sorted(Comparator.comparing(Setting::key))
                .toList();
    }

    /** A block of a file, without what the file includes. */
    private static Config explained(String file, String block) {
        return ConfigFactory.parseResources(
                        file,
                        ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new Nothing()))
                .withOnlyPath(block);
    }

    /** @param entry of a configuration, whose key begins with {@code autonet.} */
    static Setting of(Map.Entry<String, ConfigValue> entry) {
        return new Setting(entry.getKey().substring(ROOT.length()), entry.getValue());
    }

    String path() {
        return ROOT + key;
    }

    String flag() {
        return "--" + key.replace('.', '-');
    }

    String variable() {
        return variable(path());
    }

    static String variable(String path) {
        return path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The part of the node that it is about, such as {@code gateway}; empty for the node as a whole. */
    String topic() {
        int dot = key.indexOf('.');
        return dot < 0 ? "" : key.substring(0, dot);
    }

    boolean isList() {
        return standard.valueType() == ConfigValueType.LIST;
    }

    /** What it means, in sentences: its comment in the file. */
    String meaning() {
        return String.join(
                " ", standard.origin().comments().stream().map(String::strip).toList());
    }

    /** As help shows what holds unless it is set; empty where that is nothing. */
    String standardText() {
        return isList()
                ? String.join(
                        ",",
                        ((List<?>) standard.unwrapped())
                                .stream().map(String::valueOf).toList())
                : String.valueOf(standard.unwrapped());
    }

    /** What flags say, one text for each time that the flag was given. */
    ConfigValue ofFlags(List<String> texts) {
        return isList() ? list(texts, "flag " + flag()) : scalar(texts.get(texts.size() - 1), "flag " + flag());
    }

    /** What its environment variable says. */
    ConfigValue ofVariable(String text) {
        return isList() ? list(List.of(text), "variable " + variable()) : scalar(text, "variable " + variable());
    }

    private static ConfigValue scalar(String text, String origin) {
        return ConfigValueFactory.fromAnyRef(text, origin);
    }

    /** In brackets as in a file; jobs also without; plain values also with commas between them. */
    private ConfigValue list(List<String> texts, String origin) {
        List<Object> items = new ArrayList<>();
        for (String text : texts) {
            String stripped = text.strip();
            if (stripped.startsWith("[") || key.equals(JOBS)) {
                String whole = stripped.startsWith("[") ? stripped : "[" + stripped + "]";
                items.addAll(ConfigFactory.parseString(
                                "list = " + whole, ConfigParseOptions.defaults().setOriginDescription(origin))
                        .getList("list")
                        .unwrapped());
            } else {
                Arrays.stream(stripped.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .forEach(items::add);
            }
        }
        return ConfigValueFactory.fromIterable(items, origin);
    }

    /** Leaves out what a file includes. */
    private static final class Nothing implements ConfigIncluder {
        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            return ConfigFactory.empty().root();
        }
    }
}

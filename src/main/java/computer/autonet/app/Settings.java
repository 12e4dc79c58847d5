package computer.autonet.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a node's configuration together: flags over environment over file over the defaults in application.conf. One key
 * has one name in all of them: {@code autonet.gateway.port}, {@code AUTONET_GATEWAY_PORT}, {@code --gateway-port}.
 */
final class Settings {
    /** Of application.conf itself; what it includes is for experts and for files. */
    private static final Set<String> TOPICS = Set.of(
            "name",
            "data-dir",
            "genesis",
            "journal",
            "cluster",
            "gateway",
            "operator",
            "metrics",
            "keystore",
            "blobs",
            "training",
            "project");

    private Settings() {}

    /**
     * The configuration of one run.
     *
     * @param file a HOCON file, or null for none
     * @param flags values by key below {@code autonet}
     * @throws UserError if a file, a value or a combination cannot be used
     */
    static Config load(@Nullable Config file, Map<String, Object> flags, Map<String, String> environment) {
        try {
            Config defaults = ConfigFactory.parseResources(
                    "application.conf", ConfigParseOptions.defaults().setAllowMissing(false));
            Config own = ConfigFactory.parseMap(prefixed(flags)).withFallback(fromEnvironment(defaults, environment));
            if (file != null) {
                own = own.withFallback(file);
            }
            Config basis = own.withFallback(defaults);
            String journal = basis.getString("autonet.journal");
            if (!List.of("embedded", "cassandra").contains(journal)) {
                throw new UserError(
                        "CONFIG_INVALID", "autonet.journal is '" + journal + "'", "write embedded or cassandra");
            }
            Config fragment = ConfigFactory.parseResourcesAnySyntax("journal-" + journal);
            Config artery = ConfigFactory.parseMap(Map.of(
                    "pekko.remote.artery.canonical.hostname", basis.getString("autonet.cluster.host"),
                    "pekko.remote.artery.canonical.port", basis.getInt("autonet.cluster.port")));
            return own.withFallback(artery)
                    .withFallback(fragment)
                    .withFallback(defaults)
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve();
        } catch (ConfigException e) {
            throw new UserError(
                    "CONFIG_INVALID",
                    String.valueOf(e.getMessage()),
                    "compare with src/main/resources/application.conf, which explains every key",
                    e);
        }
    }

    /** The keys below {@code autonet} that are one value, in alphabetical order. */
    static List<String> keys() {
        String prefix = "autonet.";
        Config own = ConfigFactory.parseResources(
                        "application.conf", ConfigParseOptions.defaults().setAllowMissing(false))
                .withOnlyPath("autonet");
        return own.entrySet().stream()
                .filter(entry -> entry.getValue().valueType() != ConfigValueType.LIST)
                .map(Map.Entry::getKey)
                .filter(key -> TOPICS.contains(key.split("\\.")[1]))
                .map(key -> key.substring(prefix.length()))
                .sorted()
                .toList();
    }

    static Config parseFile(Path file) {
        if (!Files.isReadable(file)) {
            throw new UserError("CONFIG_MISSING", file + " cannot be read", "name a file such as deploy/local/a.conf");
        }
        try {
            return ConfigFactory.parseFile(file.toFile());
        } catch (ConfigException e) {
            throw new UserError("CONFIG_INVALID", String.valueOf(e.getMessage()), "mend the file", e);
        }
    }

    private static Map<String, Object> prefixed(Map<String, Object> flags) {
        Map<String, Object> keys = new HashMap<>();
        flags.forEach((key, value) -> keys.put("autonet." + key, value));
        return keys;
    }

    /** A variable for every scalar key that application.conf has. */
    private static Config fromEnvironment(Config defaults, Map<String, String> environment) {
        Config set = ConfigFactory.empty();
        for (Map.Entry<String, ConfigValue> entry : defaults.entrySet()) {
            String key = entry.getKey();
            String value = environment.get(variable(key));
            boolean scalar = entry.getValue().valueType() != ConfigValueType.LIST;
            if (value != null && key.startsWith("autonet.") && scalar) {
                set = set.withValue(key, ConfigValueFactory.fromAnyRef(value, "environment " + variable(key)));
            }
        }
        return set;
    }

    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}

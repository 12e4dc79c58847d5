package computer.autonet.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import computer.autonet.cli.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a node's configuration together: flags over environment over file over the defaults in application.conf. One key
 * has one name in all of them: {@code autonet.gateway.port}, {@code AUTONET_GATEWAY_PORT}, {@code --gateway-port}.
 */
final class Settings {
    /** What {@code network create} writes for the settings of its nodes. */
    private static final String NETWORK_FILE = "network/network.conf";

    private static final List<String> JOURNALS = List.of("embedded", "cassandra");

    /** The cluster shows it to the other members, who call the node by it. */
    static final String NAME_ROLE = "name:";

    private Settings() {}

    /**
     * The configuration of one run.
     *
     * @param file a HOCON file, or null for none
     * @param flags values by key below {@code autonet}
     * @throws UserError if a file, a value or a combination cannot be used
     */
    static Config load(@Nullable Config file, Map<String, ?> flags, Map<String, String> environment) {
        try {
            Config defaults = resource("application.conf");
            Map<String, Config> journals = new HashMap<>();
            JOURNALS.forEach(name -> journals.put(name, resource("journal-" + name + ".conf")));
            Config all = defaults;
            for (Config journal : journals.values()) {
                all = all.withFallback(journal);
            }
            Config known = all.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true))
                    .withOnlyPath("autonet");
            Config own = ConfigFactory.parseMap(prefixed(flags)).withFallback(fromEnvironment(known, environment));
            if (file != null) {
                refuseUnknown(file, known);
                own = own.withFallback(file);
            }
            Config basis = own.withFallback(defaults);
            Config journal = journals.get(basis.getString("autonet.journal"));
            if (journal == null) {
                throw new UserError(
                        "CONFIG_INVALID",
                        "autonet.journal is '" + basis.getString("autonet.journal") + "'",
                        "write embedded or cassandra");
            }
            Config derived = ConfigFactory.parseMap(Map.of(
                    "pekko.remote.artery.canonical.hostname",
                    basis.getString("autonet.cluster.host"),
                    "pekko.remote.artery.canonical.port",
                    basis.getInt("autonet.cluster.port"),
                    "pekko.cluster.roles",
                    List.of(basis.getString("autonet.process.role"), NAME_ROLE + basis.getString("autonet.name"))));
            return own.withFallback(derived)
                    .withFallback(journal)
                    .withFallback(defaults)
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve();
        } catch (ConfigException e) {
            throw invalid(e);
        }
    }

    /** What a value that cannot be read, or has the wrong form, comes to. */
    static UserError invalid(ConfigException e) {
        return new UserError(
                "CONFIG_INVALID",
                String.valueOf(e.getMessage()),
                Program.called() + " node --help explains every key",
                e);
    }

    private static Config resource(String name) {
        return ConfigFactory.parseResources(name, ConfigParseOptions.defaults().setAllowMissing(false));
    }

    static Config parseFile(Path file) {
        if (!Files.isReadable(file)) {
            throw new UserError("CONFIG_MISSING", file + " cannot be read", "name a file such as deploy/local/a.conf");
        }
        try {
            // A file without a folder in its name would find none of those that it includes.
            return ConfigFactory.parseFile(file.toAbsolutePath().toFile());
        } catch (ConfigException e) {
            String what = String.valueOf(e.getMessage());
            if (what.contains(NETWORK_FILE) && what.contains("not found")) {
                throw new UserError(
                        "NETWORK_MISSING",
                        file + " includes " + NETWORK_FILE + ", which is not there",
                        "make a network first: " + Program.called() + " network create --out "
                                + Program.word(file.resolveSibling("network").toString()),
                        e);
            }
            throw new UserError("CONFIG_INVALID", what, "mend the file", e);
        }
    }

    /** A key that nothing reads is a slip of the pen, which would show only in what the node does not do. */
    private static void refuseUnknown(Config file, Config known) {
        Set<String> paths = new HashSet<>();
        known.entrySet().forEach(entry -> paths.add(entry.getKey()));
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, ConfigValue> entry : file.entrySet()) {
            if (entry.getKey().startsWith("autonet.") && !paths.contains(entry.getKey())) {
                unknown.add(entry.getKey() + " (" + entry.getValue().origin().description() + ")");
            }
        }
        if (!unknown.isEmpty()) {
            throw new UserError(
                    "CONFIG_INVALID",
                    "there is no setting " + String.join(", ", unknown),
                    Program.called() + " node --help names every key");
        }
    }

    private static Map<String, Object> prefixed(Map<String, ?> flags) {
        Map<String, Object> keys = new HashMap<>();
        flags.forEach((key, value) -> keys.put("autonet." + key, value));
        return keys;
    }

    /** A variable for every key that there is. */
    private static Config fromEnvironment(Config known, Map<String, String> environment) {
        Config set = ConfigFactory.empty();
        for (Map.Entry<String, ConfigValue> entry : known.entrySet()) {
            String value = environment.get(Setting.variable(entry.getKey()));
            if (value != null) {
                set = set.withValue(entry.getKey(), Setting.of(entry).ofVariable(value));
            }
        }
        return set;
    }
}

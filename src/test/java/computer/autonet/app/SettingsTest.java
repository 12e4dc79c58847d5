package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** A key has one name in the file, in the environment and as a flag, and each of the three sets it. */
class SettingsTest {
    /** Read as text, without what it includes, and not by the code under test. */
    private static Set<String> keys(String resource, String block) throws IOException {
        String text;
        try (InputStream in = Objects.requireNonNull(Settings.class.getResourceAsStream("/" + resource))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Config config = ConfigFactory.parseString(text.replaceAll("(?m)^include .*$", ""));
        Set<String> keys = new TreeSet<>();
        collect(config.getObject(block), block.substring("autonet".length()).replaceFirst("^[.]", ""), keys);
        return keys;
    }

    private static void collect(ConfigObject object, String path, Set<String> keys) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            if (entry.getValue() instanceof ConfigObject inner) {
                collect(inner, key, keys);
            } else {
                keys.add(key);
            }
        }
    }

    private static Set<String> everyKey() throws IOException {
        Set<String> keys = keys("application.conf", "autonet");
        keys.addAll(keys("journal-cassandra.conf", "autonet.cassandra"));
        return keys;
    }

    @Test
    void node07_everyKeyOfTheFilesHasAFlagWithItsMeaning() throws IOException {
        Set<String> flags = new TreeSet<>();
        for (OptionSpec option : NodeCommand.line().getCommandSpec().options()) {
            flags.add(option.longestName());
            assertThat(String.join(" ", option.description()))
                    .as("what %s means", option.longestName())
                    .hasSizeGreaterThan(15);
        }
        Set<String> expected = new TreeSet<>(Set.of("--config", "--help", "--json", "--version"));
        everyKey().forEach(key -> expected.add("--" + key.replace('.', '-')));
        assertThat(flags).isEqualTo(expected).contains("--cluster-seeds", "--work", "--sponsors", "--gateway-port");
        assertThat(Setting.all())
                .allSatisfy(setting ->
                        assertThat(setting.meaning()).as(setting.key()).isNotEmpty());
    }

    @Test
    void node07_everyKeyHasAVariableAndAFlagThatSetItAndTheFlagWins() throws IOException {
        for (Setting setting : Setting.all()) {
            // Values that must fit together with others; what is read of them is tested below.
            if (Set.of("work", "journal", "cluster.port", "cassandra.replication-factor")
                    .contains(setting.key())) {
                continue;
            }
            String variable =
                    "AUTONET_" + setting.key().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
            Config byVariable = Settings.load(null, Map.of(), Map.of(variable, "31"));
            assertThat(value(byVariable, setting)).as(variable).isEqualTo("31");
            Config byFlag =
                    Settings.load(null, Map.of(setting.key(), setting.ofFlags(List.of("32"))), Map.of(variable, "31"));
            assertThat(value(byFlag, setting)).as(setting.flag()).isEqualTo("32");
        }
    }

    private static String value(Config config, Setting setting) {
        return setting.isList()
                ? String.join(",", config.getStringList(setting.path()))
                : config.getString(setting.path());
    }

    private static Setting setting(String key) {
        return Setting.all().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listsAreWrittenWithCommasRepeatedOrInBrackets() {
        Setting seeds = setting("cluster.seeds");
        for (ConfigValue written : List.of(
                seeds.ofFlags(List.of("a:1", "b:2")),
                seeds.ofFlags(List.of("a:1,b:2")),
                seeds.ofVariable("a:1, b:2"),
                seeds.ofVariable("[\"a:1\", \"b:2\"]"))) {
            assertThat(written.unwrapped()).isEqualTo(List.of("a:1", "b:2"));
        }
        Config config = Settings.load(
                null,
                Map.of(
                        "work",
                        setting("work")
                                .ofFlags(List.of(
                                        "{ role = aggregator, identity = one }",
                                        "{ role = coordinator, identity = two, stake = 700 }"))),
                Map.of());
        assertThat(Job.all(config)).extracting(Job::identity).containsExactly("one", "two");
        Config byVariable =
                Settings.load(null, Map.of(), Map.of("AUTONET_WORK", "[{ role = aggregator, identity = three }]"));
        assertThat(Job.all(byVariable)).extracting(Job::identity).containsExactly("three");
    }

    @Test
    void node07_aKeyThatNothingReadsIsRefusedWithItsPlace(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("n.conf"), "autonet {\n  gatway.port = 1\n}\n");
        Config config = Settings.parseFile(file);
        assertThatThrownBy(() -> Settings.load(config, Map.of(), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("CONFIG_INVALID: there is no setting autonet.gatway.port (")
                .hasMessageContaining("n.conf: 2)");
    }

    @Test
    void aFileNamedWithoutAFolderFindsWhatItIncludes(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("shared.conf"), "autonet.name = shared\n");
        Path file = Files.writeString(folder.resolve("n.conf"), "include required(\"shared.conf\")\n");
        Path here = Path.of("").toAbsolutePath();
        assertThat(Settings.parseFile(here.relativize(file)).getString("autonet.name"))
                .isEqualTo("shared");
    }

    /** A write that takes effect after the next host has the lease would be a second writer's. */
    @Test
    void aProcessThatMovesHasMoreTimeThanAWriteMayTake() {
        Duration shard =
                ConfigFactory.parseResources("cluster.conf").getDuration("pekko.cluster.sharding.handoff-timeout");
        Duration write = ConfigFactory.parseResources("journal-cassandra.conf")
                .getDuration("datastax-java-driver.profiles.pekko-persistence-cassandra-profile.basic.request.timeout");
        // Pekko gives processes five seconds less than their shard.
        assertThat(shard.minusSeconds(5)).isGreaterThan(write);
    }
}

package computer.autonet.adapter.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Map;

/** Settings of the actor systems in these tests: the product's own fragments over the directory of the test. */
final class Systems {
    private Systems() {}

    static Config embedded(Path directory) {
        return fragment("journal-embedded", Map.of("autonet.data-dir", directory.toString()));
    }

    static Config fragment(String name, Map<String, Object> known) {
        return ConfigFactory.parseMap(known)
                .withFallback(ConfigFactory.parseString("pekko.fail-mixed-versions = off"))
                .withFallback(ConfigFactory.parseResourcesAnySyntax(name))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }
}

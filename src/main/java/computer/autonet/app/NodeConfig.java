package computer.autonet.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.Map;

/** Ready configurations for nodes that a command starts by itself. */
public final class NodeConfig {
    private NodeConfig() {}

    /** A node of its own with an embedded journal, whose edges take any free port unless one is named. */
    public static Config embedded(Path dataDir, int gatewayPort) {
        return Settings.load(
                null,
                Map.of(
                        "journal",
                        "embedded",
                        "data-dir",
                        dataDir.toAbsolutePath().toString(),
                        "gateway.port",
                        ConfigValueFactory.fromAnyRef(gatewayPort, "flag --gateway-port"),
                        "operator.port",
                        0),
                System.getenv());
    }
}

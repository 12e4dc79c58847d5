package computer.autonet.cli;

import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which node to ask, and for how long to wait. */
@Topic("Gateway")
public final class GatewayOptions {
    /** A day. */
    private static final long MOST_SECONDS = 24 * 3600;

    @Mixin
    GatewayAddress gateway = new GatewayAddress();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long one answer may take (default: ${DEFAULT-VALUE}).")
    long timeoutSeconds = 60;

    /** Where the gateway listens. */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    Session open(Connector connector) {
        if (timeoutSeconds < 1 || timeoutSeconds > MOST_SECONDS) {
            throw CliException.users(
                    "TIMEOUT_INVALID",
                    timeoutSeconds + " seconds are no time to wait",
                    "give --timeout 1 to " + MOST_SECONDS);
        }
        return connector.connect(gateway.address(), Duration.ofSeconds(timeoutSeconds));
    }
}

package computer.autonet.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Which node to ask, and for how long to wait. */
public final class GatewayOptions {
    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--gateway",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:AUTONET_GATEWAY:-127.0.0.1:9090}",
            description = "The node's gateway (AUTONET_GATEWAY; default: ${DEFAULT-VALUE}).")
    String gateway = "127.0.0.1:9090";

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
        if (timeoutSeconds < 1) {
            throw CliException.users(
                    "TIMEOUT_INVALID", timeoutSeconds + " seconds are no time to wait", "give --timeout 1 or more");
        }
        return connector.connect(address(), Duration.ofSeconds(timeoutSeconds));
    }

    private Address address() {
        int colon = gateway.lastIndexOf(':');
        try {
            int port = Integer.parseInt(gateway.substring(colon + 1));
            if (colon > 0 && port > 0 && port <= MAX_PORT) {
                return new Address(gateway.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            // Said below, as for a port out of range.
        }
        throw CliException.users(
                "GATEWAY_INVALID", "'" + gateway + "' is no address", "write HOST:PORT, such as 127.0.0.1:9090");
    }
}

package computer.autonet.cli;

import picocli.CommandLine.Option;

/** Which node to ask. */
@Topic("Gateway")
public final class GatewayAddress {
    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--gateway",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:AUTONET_GATEWAY:-127.0.0.1:9090}",
            description = "The node's gateway (default: 127.0.0.1:9090; AUTONET_GATEWAY).")
    String gateway = "127.0.0.1:9090";

    /**
     * Where it listens.
     *
     * @throws CliException if that is no address
     */
    public GatewayOptions.Address address() {
        int colon = gateway.lastIndexOf(':');
        try {
            int port = Integer.parseInt(gateway.substring(colon + 1));
            if (colon > 0 && port > 0 && port <= MAX_PORT) {
                return new GatewayOptions.Address(gateway.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            // Said below, as for a port out of range.
        }
        throw CliException.users(
                "GATEWAY_INVALID", "'" + gateway + "' is no address", "write HOST:PORT, such as 127.0.0.1:9090");
    }
}

package computer.autonet.cli;

import java.time.Duration;

/** Opens a session with a gateway. */
@FunctionalInterface
public interface Connector {
    Session connect(GatewayOptions.Address address, Duration timeout);
}

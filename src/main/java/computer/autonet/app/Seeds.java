package computer.autonet.app;

import com.typesafe.config.Config;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.Address;

/** The nodes that a node asks to let it into their cluster. */
final class Seeds {
    private static final Pattern HOST_AND_PORT = Pattern.compile("([^\\s:/@]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");

    private Seeds() {}

    /**
     * As the settings name them.
     *
     * @throws UserError if one is no address
     */
    static List<Address> of(Config config) {
        return config.getStringList("autonet.cluster.seeds").stream()
                .map(Seeds::address)
                .toList();
    }

    private static Address address(String seed) {
        Matcher parts = HOST_AND_PORT.matcher(seed);
        if (!parts.matches()) {
            throw new UserError(
                    "CONFIG_INVALID",
                    "autonet.cluster.seeds has '" + seed + "'",
                    "write HOST:PORT of each, such as 127.0.0.1:25520");
        }
        return new Address("pekko", Node.SYSTEM, parts.group(1), Integer.parseInt(parts.group(2)));
    }
}

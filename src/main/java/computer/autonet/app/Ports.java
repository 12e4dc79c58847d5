package computer.autonet.app;

import com.typesafe.config.Config;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses at which a node is going to listen. They are tried before anything starts: a node that found out later
 * would have joined its cluster already and be missed there (NODE-08).
 */
final class Ports {
    private static final int MOST = 65_535;

    /** A port that opens nothing (NODE-10). */
    private static final int NONE = -1;

    private static final String OPERATOR_HOST = "127.0.0.1";

    private Ports() {}

    private record Place(String topic, String host, int port) {
        String key() {
            return "autonet." + topic + ".port";
        }

        /** The same key in the three places where it can be set. */
        String remedy(String key) {
            return key + ", --" + key.substring("autonet.".length()).replace('.', '-') + " or " + Setting.variable(key);
        }
    }

    /**
     * Tries all of them.
     *
     * @throws UserError if one is out of range, taken, or not of this machine
     */
    static void check(Config config) {
        List<Place> places = List.of(
                place(config, "cluster", config.getString("autonet.cluster.host")),
                place(config, "gateway", config.getString("autonet.gateway.host")),
                place(config, "operator", OPERATOR_HOST),
                place(config, "metrics", config.getString("autonet.metrics.host")));
        for (Place place : places) {
            boolean closable = !place.topic().equals("cluster");
            int least = closable ? NONE : 0;
            if (place.port() < least || place.port() > MOST) {
                String origin = config.getValue(place.key()).origin().description();
                throw new UserError(
                        origin.startsWith("flag ") ? "FLAG_INVALID" : "CONFIG_INVALID",
                        place.key() + " is " + place.port() + " (" + origin + ")",
                        "give a port from 1 to " + MOST + ", 0 for any free one"
                                + (closable ? ", or -1 for none" : ""));
            }
        }
        List<ServerSocket> open = new ArrayList<>();
        try {
            for (Place place : places) {
                if (place.port() != NONE) {
                    open.add(listen(place));
                }
            }
        } finally {
            open.forEach(Ports::close);
        }
    }

    private static Place place(Config config, String topic, String host) {
        return new Place(topic, host, config.getInt("autonet." + topic + ".port"));
    }

    private static ServerSocket listen(Place place) {
        try {
            var socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(InetAddress.getByName(place.host()), place.port()));
                return socket;
            } catch (IOException e) {
                close(socket);
                throw e;
            }
        } catch (UnknownHostException e) {
            throw notHere(place, e);
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("Permission denied")) {
                throw new UserError(
                        "PORT_FORBIDDEN",
                        "the " + place.topic() + " may not listen at " + place.host() + ":" + place.port(),
                        "choose a port above 1023 with " + place.remedy(place.key()),
                        e);
            }
            // With a port that anybody may choose only the address can be at fault.
            if (place.port() == 0 || !isTaken(place)) {
                throw notHere(place, e);
            }
            throw taken(place.topic(), place.host(), place.port(), e);
        } catch (IOException e) {
            throw notHere(place, e);
        }
    }

    /** Whether the address is one of this machine's, so that its port must be what another has. */
    private static boolean isTaken(Place place) {
        try (var any = new ServerSocket()) {
            any.bind(new InetSocketAddress(InetAddress.getByName(place.host()), 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static UserError notHere(Place place, IOException cause) {
        return new UserError(
                "HOST_UNUSABLE",
                "the " + place.topic() + " cannot listen at " + place.host() + ", which is no address of this machine",
                "correct " + place.remedy("autonet." + place.topic() + ".host"),
                cause);
    }

    /** Also where another program was faster than the try. */
    static UserError taken(String topic, String host, int port, Throwable cause) {
        var place = new Place(topic, host, port);
        return new UserError(
                "PORT_IN_USE",
                "the " + topic + " cannot listen at " + host + ":" + port + ", where another program does",
                "choose another port, or 0 for any free one, with " + place.remedy(place.key()),
                cause);
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that only listened cannot be closed", e);
        }
    }
}

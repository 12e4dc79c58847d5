package computer.autonet.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Three Linux network namespaces on a bridge, in which connections between nodes can be cut, in one direction, too. Needs
 * root and iproute2.
 */
final class Namespaces implements AutoCloseable {
    private static final int COUNT = 3;
    private final String id = Long.toString(ProcessHandle.current().pid() % 100_000);
    private final String net = "10.213." + ProcessHandle.current().pid() % 250;
    private final List<ServerSocket> relays = new ArrayList<>();

    /** Whether this machine lets us make them. */
    static boolean permitted() {
        String probe = "anprobe" + ProcessHandle.current().pid();
        try {
            ip("netns", "add", probe);
            ip("netns", "del", probe);
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Namespaces make() throws IOException, InterruptedException {
        var made = new Namespaces();
        ip("link", "add", made.bridge(), "type", "bridge");
        ip("addr", "add", made.net + ".1/24", "dev", made.bridge());
        ip("link", "set", made.bridge(), "up");
        for (int i = 0; i < COUNT; i++) {
            String inside = "ani" + i + "x" + made.id;
            String outside = made.outside(i);
            ip("netns", "add", made.name(i));
            ip("link", "add", outside, "type", "veth", "peer", "name", inside);
            ip("link", "set", inside, "netns", made.name(i));
            ip("link", "set", outside, "master", made.bridge(), "up");
            ip("-n", made.name(i), "addr", "add", made.host(i) + "/24", "dev", inside);
            ip("-n", made.name(i), "link", "set", inside, "up");
            ip("-n", made.name(i), "link", "set", "lo", "up");
        }
        return made;
    }

    private String outside(int i) {
        return "ano" + i + "x" + id;
    }

    private String bridge() {
        return "anb" + id;
    }

    private String name(int i) {
        return "an" + i + "x" + id;
    }

    String host(int i) {
        return net + ".1" + i;
    }

    List<ThreeNodes.Place> places() {
        List<ThreeNodes.Place> places = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            places.add(new ThreeNodes.Place(host(i), List.of("ip", "netns", "exec", name(i))));
        }
        return places;
    }

    /** What one sends to the other is lost from now on. */
    void cut(int from, int to) throws IOException, InterruptedException {
        ip("-n", name(from), "route", "add", "blackhole", host(to) + "/32");
    }

    void heal(int from, int to) throws IOException, InterruptedException {
        ip("-n", name(from), "route", "del", "blackhole", host(to) + "/32");
    }

    /** An address in this network that leads to a port of this machine's loopback interface. */
    String relay(int port) throws IOException {
        var listening = new ServerSocket(0, 64, InetAddress.getByName(net + ".1"));
        relays.add(listening);
        daemon(() -> {
            while (true) {
                Socket one = listening.accept();
                Socket other = new Socket(InetAddress.getLoopbackAddress(), port);
                daemon(() -> pump(one, other));
                daemon(() -> pump(other, one));
            }
        });
        return net + ".1:" + listening.getLocalPort();
    }

    private static Void pump(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
        return null;
    }

    private interface Loop {
        Object run() throws IOException;
    }

    private static void daemon(Loop loop) {
        var thread = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException closed) {
                // A connection that ends, ends its pump.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (ServerSocket relay : relays) {
            relay.close();
        }
        for (int i = 0; i < COUNT; i++) {
            // A namespace lives on for a while after its name, and would keep the other end of this pair.
            ip("link", "del", outside(i));
            ip("netns", "del", name(i));
        }
        ip("link", "del", bridge());
    }
}

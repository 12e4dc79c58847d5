package computer.autonet.app;

import computer.autonet.adapter.cassandra.CassandraServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Three forked nodes on one Cassandra, each with a proposer, an aggregator, two solvers and two coordinators. */
final class ThreeNodes implements AutoCloseable {
    private static final long START_SECONDS = 90;
    static final List<String> NAMES = List.of("a", "b", "c");

    /**
     * Where a node runs.
     *
     * @param host its address, for the cluster and the gateway
     * @param prefix what goes before {@code java}
     */
    record Place(String host, List<String> prefix) {}

    final Path folder;
    final List<Forked> nodes = new ArrayList<>();
    final List<Integer> gateways = new ArrayList<>();
    private final List<Integer> clusterPorts = new ArrayList<>();
    private final List<Place> places;
    private final boolean working;

    private ThreeNodes(Path folder, List<Place> places, boolean working) {
        this.folder = folder;
        this.places = places;
        this.working = working;
    }

    /** @param keyspace of its own, so that tests can share a database */
    static ThreeNodes onLoopback(Path folder, CassandraServer cassandra, String keyspace) throws Exception {
        var here = new Place("127.0.0.1", List.of());
        return start(folder, "127.0.0.1:" + cassandra.port(), keyspace, List.of(here, here, here), true);
    }

    /** @param working false for nodes that only host */
    static ThreeNodes start(Path folder, String cassandra, String keyspace, List<Place> places, boolean working)
            throws Exception {
        var cluster = new ThreeNodes(folder, places, working);
        int made = Main.run("network", "create", "--out", cluster.network("") + "", "--name", keyspace);
        if (made != 0) {
            throw new AssertionError("no network: " + made);
        }
        for (int i = 0; i < NAMES.size(); i++) {
            cluster.clusterPorts.add(Local.freePort());
            cluster.gateways.add(Local.freePort());
        }
        try {
            for (int i = 0; i < NAMES.size(); i++) {
                cluster.configure(i, cassandra, keyspace);
                cluster.nodes.add(cluster.fork(i));
            }
            for (Forked node : cluster.nodes) {
                node.await("joined", START_SECONDS);
            }
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts a node again that has ended. */
    void again(int i) throws Exception {
        nodes.set(i, fork(i));
        nodes.get(i).await("joined", START_SECONDS);
    }

    Path network(String file) {
        return folder.resolve("network").resolve(file);
    }

    Forked fork(int i) throws IOException {
        String name = NAMES.get(i);
        return Forked.start(
                folder.resolve(name + "-" + System.nanoTime() + ".txt"),
                places.get(i).prefix(),
                "node",
                "--config",
                folder.resolve(name + ".conf").toString());
    }

    private void configure(int i, String cassandra, String keyspace) throws IOException {
        String name = NAMES.get(i);
        StringBuilder seeds = new StringBuilder();
        for (int seed = 0; seed < NAMES.size(); seed++) {
            seeds.append('"')
                    .append(places.get(seed).host())
                    .append(':')
                    .append(clusterPorts.get(seed))
                    .append("\",");
        }
        Files.writeString(folder.resolve(name + ".conf"), """
                        include required("network/network.conf")
                        autonet {
                          name = "%s"
                          data-dir = "%s"
                          journal = cassandra
                          cassandra { contact-points = ["%s"], keyspace = "%s" }
                          cluster { host = "%s", port = %d, seeds = [%s] }
                          gateway { host = "%s", port = %d }
                          operator.port = -1
                          metrics.port = 0
                          keystore { file = "%s", password-file = "%s" }
                          work = [%s]
                        }
                        """.formatted(
                        name,
                        folder.resolve("data-" + name),
                        cassandra,
                        keyspace,
                        places.get(i).host(),
                        clusterPorts.get(i),
                        seeds,
                        places.get(i).host(),
                        gateways.get(i),
                        network(name + ".p12"),
                        network(name + ".password"),
                        working ? work(i) : ""));
    }

    private static String work(int i) {
        return """

                            { role = proposer, identity = proposer, data { set = digits, seed = 1 } }
                            { role = aggregator, identity = aggregator }
                            { role = solver, identity = solver-1, data { set = digits, seed = 1, share = %d, shares = 6 } }
                            { role = solver, identity = solver-2, data { set = digits, seed = 1, share = %d, shares = 6 } }
                            { role = coordinator, identity = coordinator-1 }
                            { role = coordinator, identity = coordinator-2 }
                          """.formatted(2 * i, 2 * i + 1);
    }

    @Override
    public void close() throws InterruptedException {
        for (Forked node : nodes) {
            node.close();
        }
    }
}

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

    final Path folder;
    final List<Forked> nodes = new ArrayList<>();
    final List<Integer> gateways = new ArrayList<>();
    private final List<Integer> clusterPorts = new ArrayList<>();

    private ThreeNodes(Path folder) {
        this.folder = folder;
    }

    /** @param keyspace of its own, so that tests can share a database */
    static ThreeNodes start(Path folder, CassandraServer cassandra, String keyspace) throws Exception {
        var cluster = new ThreeNodes(folder);
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
                cluster.configure(i, cassandra.port(), keyspace);
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

    Path network(String file) {
        return folder.resolve("network").resolve(file);
    }

    Forked fork(int i) throws IOException {
        String name = NAMES.get(i);
        return Forked.start(
                folder.resolve(name + "-" + System.nanoTime() + ".txt"),
                List.of(),
                "node",
                "--config",
                folder.resolve(name + ".conf").toString());
    }

    private void configure(int i, int cassandraPort, String keyspace) throws IOException {
        String name = NAMES.get(i);
        StringBuilder seeds = new StringBuilder();
        clusterPorts.forEach(port -> seeds.append("\"127.0.0.1:").append(port).append("\","));
        Files.writeString(folder.resolve(name + ".conf"), """
                        include required("network/network.conf")
                        autonet {
                          name = "%s"
                          data-dir = "%s"
                          journal = cassandra
                          cassandra { contact-points = ["127.0.0.1:%d"], keyspace = "%s" }
                          cluster { port = %d, seeds = [%s] }
                          gateway.port = %d
                          operator.port = -1
                          metrics.port = 0
                          keystore { file = "%s", password-file = "%s" }
                          work = [
                            { role = proposer, identity = proposer, data { set = digits, seed = 1 } }
                            { role = aggregator, identity = aggregator }
                            { role = solver, identity = solver-1, data { set = digits, seed = 1, share = %d, shares = 6 } }
                            { role = solver, identity = solver-2, data { set = digits, seed = 1, share = %d, shares = 6 } }
                            { role = coordinator, identity = coordinator-1 }
                            { role = coordinator, identity = coordinator-2 }
                          ]
                        }
                        """.formatted(
                        name,
                        folder.resolve("data-" + name),
                        cassandraPort,
                        keyspace,
                        clusterPorts.get(i),
                        seeds,
                        gateways.get(i),
                        network(name + ".p12"),
                        network(name + ".password"),
                        2 * i,
                        2 * i + 1));
    }

    @Override
    public void close() throws InterruptedException {
        for (Forked node : nodes) {
            node.close();
        }
    }
}

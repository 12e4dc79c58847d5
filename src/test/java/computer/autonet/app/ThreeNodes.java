package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.cassandra.CassandraServer;
import computer.autonet.adapter.keystore.Pkcs12Keys;
import computer.autonet.client.NetworkClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Three forked nodes on one Cassandra, each with a proposer, an aggregator, two solvers and two coordinators. */
final class ThreeNodes implements AutoCloseable {
    private static final long START_SECONDS = 90;
    private static final long LEAVE_SECONDS = 60;
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
    static ThreeNodes onLoopback(Path folder, CassandraServer cassandra, String keyspace, boolean working)
            throws Exception {
        var here = new Place("127.0.0.1", List.of());
        return start(folder, "127.0.0.1:" + cassandra.port(), keyspace, List.of(here, here, here), working);
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

    /** Starts a node again that has ended, with its own settings and folder, and waits until all are one cluster again. */
    void again(int i) throws Exception {
        nodes.set(i, fork(i));
        nodes.get(i).await("joined", START_SECONDS);
        whole();
    }

    /** Until each of the three has the three of them as members. */
    void whole() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        var never = new CountDownLatch(1);
        for (Forked node : nodes) {
            URI metrics = URI.create(node.await("metrics", START_SECONDS));
            while (!read(metrics).contains("autonet_cluster_members " + (double) nodes.size())) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("no cluster of three in " + START_SECONDS + " s: " + read(metrics));
                }
                never.await(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Whether one of the nodes says this once more within this time. */
    boolean awaitAnother(String words, Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        var never = new CountDownLatch(1);
        long before = said(words);
        while (said(words) == before && System.nanoTime() < deadline) {
            never.await(100, TimeUnit.MILLISECONDS);
        }
        return said(words) > before;
    }

    private long said(String words) throws IOException {
        long lines = 0;
        for (Forked node : nodes) {
            lines += node.text().lines().filter(line -> line.contains(words)).count();
        }
        return lines;
    }

    private static String read(URI metrics) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(metrics)
                .timeout(Duration.ofSeconds(START_SECONDS))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The keys that {@code network create} wrote for a node. */
    Pkcs12Keys keys(int i) {
        String name = NAMES.get(i);
        return Keystore.existing(network(name + ".p12"), network(name + ".password"));
    }

    /** How long after the kill of a node until each of these was answered through every other node's gateway. */
    Duration answerAgain(
            Local stranger, int dead, long killedNanos, Function<NetworkClient, List<CompletionStage<?>>> questions) {
        List<CompletionStage<?>> answers = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (i != dead) {
                answers.addAll(questions.apply(
                        stranger.client(stranger.gateway(places.get(i).host(), gateways.get(i)))));
            }
        }
        answers.forEach(answer -> Local.await(answer, 60));
        return Duration.ofNanos(System.nanoTime() - killedNanos);
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
                          metrics { host = "%s", port = 0 }
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
                        places.get(i).host(),
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

    /**
     * Tells all to stop at the same time; each ends well, and none waits for what does not come.
     *
     * @return how long the slowest took
     */
    Duration leave() throws IOException, InterruptedException {
        List<Integer> before = new ArrayList<>();
        for (String name : NAMES) {
            before.add(log(name).length());
        }
        long told = System.nanoTime();
        nodes.forEach(Forked::terminate);
        for (int i = 0; i < NAMES.size(); i++) {
            Forked node = nodes.get(i);
            assertThat(node.status(LEAVE_SECONDS)).as(node.text()).isZero();
            assertThat(node.text()).contains("stopped");
            assertThat(log(NAMES.get(i)).substring(before.get(i))).doesNotContain("timed out");
        }
        return Duration.ofNanos(System.nanoTime() - told);
    }

    /** What a node's libraries warned of. */
    private String log(String name) throws IOException {
        return Files.readString(folder.resolve("data-" + name).resolve("node.log"));
    }

    @Override
    public void close() throws InterruptedException {
        for (Forked node : nodes) {
            node.close();
        }
    }
}

package computer.autonet.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import computer.autonet.adapter.blob.DiskBlobs;
import computer.autonet.adapter.journal.EmbeddedJournal;
import computer.autonet.adapter.journal.JournalException;
import computer.autonet.adapter.keystore.Pkcs12Keys;
import computer.autonet.adapter.lease.Leases;
import computer.autonet.adapter.metrics.Metrics;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.engine.awareness.Awareness;
import computer.autonet.engine.survival.Survival;
import computer.autonet.entity.Entities;
import computer.autonet.gateway.GatewayBinding;
import computer.autonet.gateway.GatewayEndpoint;
import computer.autonet.gateway.OperatorEndpoint;
import computer.autonet.gateway.OperatorToken;
import computer.autonet.gateway.ProcessesLog;
import computer.autonet.port.Trainer;
import computer.autonet.process.NetworkCheck;
import computer.autonet.process.ProcessRegions;
import computer.autonet.process.Processes;
import computer.autonet.process.blob.PeerBlobs;
import computer.autonet.protocol.constitution.ConstitutionGuard;
import computer.autonet.protocol.genesis.Genesis;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteTransportException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running node: cluster member, processes, gateway, operator, blobs. Engines work on {@link #client}. */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /** All nodes of a cluster carry this name in their addresses. */
    static final String SYSTEM = "autonet";

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private static final Duration ENTITIES_PATIENCE = Duration.ofMillis(500);

    /** How often Survival looks at disk and journal. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Config config;
    private final ActorSystem<Void> system;
    private final Genesis genesis;
    private final Pkcs12Keys keys;
    private final GatewayEndpoint endpoint;
    private final NetworkClient client;
    private final DiskBlobs blobs;
    private final ExecutorService threads;
    private final LogFile log;
    private final CompletableFuture<Done> ended;
    private Optional<GatewayBinding> gateway = Optional.empty();
    private Optional<GatewayBinding> operator = Optional.empty();
    private final Trainer trainer;
    private final Awareness awareness;
    private final Survival survival;
    private final Metrics metrics = new Metrics();
    private final ProcessRegions regions;
    private Optional<MetricsServer> metricsServer = Optional.empty();

    private Node(
            Config config,
            ActorSystem<Void> system,
            Genesis genesis,
            Pkcs12Keys keys,
            Trainer trainer,
            DiskBlobs blobs,
            ExecutorService threads,
            LogFile log) {
        this.config = config;
        this.system = system;
        this.genesis = genesis;
        this.keys = keys;
        this.trainer = metrics.metered(trainer);
        this.blobs = blobs;
        this.threads = threads;
        this.log = log;
        this.ended = SystemEnd.of(system);
        this.regions = ProcessRegions.start(
                system, Entities.ALL, genesis, new ConstitutionGuard(), InstantSource.system(), Leases.get(system));
        var processes = new Processes(system, genesis, regions);
        ProcessId shared = GatewayEndpoint.constitution(genesis.networkId());
        this.survival = new Survival(
                () -> probe(processes, shared), () -> new Survival.Disk(blobs.usedBytes(), blobs.freeBytes()), LOOK);
        this.endpoint = new GatewayEndpoint(
                system,
                genesis,
                InstantSource.system(),
                new ProcessesLog(processes, () -> survival.health().journalAnswers()),
                new PeerBlobs(system, blobs),
                this.trainer);
        this.awareness = new Awareness(this::surroundings);
        this.client = new NetworkClient(endpoint, Materializer.createMaterializer(system));
    }

    /**
     * Finds out, before anything is written or started, whether a node can listen where it is told to.
     *
     * @throws UserError if a port is out of range or in use, or an address is not this machine's
     */
    public static void check(Config config) {
        Ports.check(config);
    }

    /**
     * Starts a node and waits until its ports listen.
     *
     * @throws UserError if the data directory or a port is in use, or a file cannot be read
     */
    public static Node start(Config config, Genesis genesis, Trainer trainer) {
        List<Address> seeds = Seeds.of(config);
        Ports.check(config);
        Database.await(config);
        NodeFiles files = NodeFiles.of(config);
        Pkcs12Keys keys = Keystore.open(files.keystore(), files.password());
        LogFile log = LogFile.open(files.data());
        ActorSystem<Void> system = system(config, genesis, log);
        ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
            var thread = new Thread(work, "autonet-node");
            thread.setDaemon(true);
            return thread;
        });
        try {
            claimJournal(config, system, genesis.networkId().toHex());
            NodeFiles.own(files.data(), system);
            Joining.start(system, config, seeds);
            DiskBlobs blobs = DiskBlobs.open(
                    files.data().resolve("blobs"),
                    config.getBytes("autonet.blobs.max-size"),
                    config.getInt("autonet.blobs.threads"));
            var node = new Node(config, system, genesis, keys, trainer, blobs, threads, log);
            try {
                node.measure();
                node.listen(files.data());
            } catch (IOException | RuntimeException e) {
                node.survival.close();
                node.metrics.close();
                throw e;
            }
            return node;
        } catch (JournalException e) {
            stop(system, threads, log);
            throw new UserError(e);
        } catch (IOException e) {
            stop(system, threads, log);
            throw NodeFiles.unusable(e.getMessage() + " cannot be used", e);
        } catch (Exception e) {
            // Turned away while it was still starting: whatever failed then is not the cause. A system that has ended
            // throws
            // a TimeoutException, which Scala need not declare.
            Optional<UserError> turnedAway = TurnedAway.reason(system);
            stop(system, threads, log);
            if (turnedAway.isPresent()) {
                throw turnedAway.get();
            }
            throw e;
        }
    }

    /** JRN-13, and the directory is this process's (JRN-05): nothing is decided before the journal is known to be the right one. */
    private static void claimJournal(Config config, ActorSystem<?> system, String networkId) throws IOException {
        if (config.getString("autonet.journal").equals("embedded")) {
            EmbeddedJournal.claim(system, networkId);
        } else {
            Database.claim(system, networkId);
        }
    }

    private static ActorSystem<Void> system(Config config, Genesis genesis, LogFile log) {
        try {
            return ActorSystem.create(
                    Behaviors.empty(),
                    SYSTEM,
                    config.withValue(
                            NetworkCheck.NETWORK_ID,
                            ConfigValueFactory.fromAnyRef(genesis.networkId().toHex())));
        } catch (RemoteTransportException e) {
            log.close();
            throw Ports.taken(
                    "cluster", config.getString("autonet.cluster.host"), config.getInt("autonet.cluster.port"), e);
        }
    }

    private static void stop(ActorSystem<?> system, ExecutorService threads, LogFile log) {
        system.terminate();
        threads.shutdownNow();
        log.close();
    }

    /** NODE-10: where it is told to. */
    private void listen(Path data) throws IOException {
        String host = config.getString("autonet.gateway.host");
        int port = config.getInt("autonet.gateway.port");
        if (port >= 0) {
            gateway = Optional.of(
                    bound("gateway", host, port, GatewayBinding.bind(system, host, port, endpoint, this::isServing)));
        }
        int operatorPort = config.getInt("autonet.operator.port");
        if (operatorPort >= 0) {
            var token = OperatorToken.create(data.resolve("operator-token"));
            var acts = new OperatorEndpoint(endpoint, keys, genesis.networkId(), InstantSource.system(), threads);
            operator = Optional.of(bound(
                    "operator",
                    "127.0.0.1",
                    operatorPort,
                    GatewayBinding.bindOperator(system, operatorPort, acts, token)));
        }
    }

    private void measure() {
        new NodeMeters(endpoint, awareness, survival, this::isServing, this::entities).register(metrics);
        int port = config.getInt("autonet.metrics.port");
        if (port >= 0) {
            String host = config.getString("autonet.metrics.host");
            metricsServer = Optional.of(bound("metrics", host, port, MetricsServer.bind(system, host, port, metrics)));
        }
    }

    /** NODE-04: a disk that takes no more is still read. A database's writes are asked for all the time, by the leases. */
    private CompletionStage<?> probe(Processes processes, ProcessId any) {
        CompletionStage<?> read = processes.entries(any, 0).runWith(Sink.headOption(), system);
        return config.getString("autonet.journal").equals("embedded")
                ? read.thenCompose(entry -> EmbeddedJournal.probe(system))
                : read;
    }

    /** Asked at a scrape; a region that does not answer in time counts as empty. */
    private int entities() {
        return regions.hosted(system, ENTITIES_PATIENCE);
    }

    private static <T> T bound(String topic, String host, int port, CompletionStage<T> binding) {
        try {
            return binding.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw Ports.taken(topic, host, port, e);
        }
    }

    /** Whether this node is a full member of its cluster. */
    public boolean isUp() {
        return Cluster.get(system).selfMember().status().equals(MemberStatus.up());
    }

    private Awareness.Surroundings surroundings() {
        var state = Cluster.get(system).state();
        int members = 0;
        int up = 0;
        for (Member member : state.getMembers()) {
            members++;
            if (member.status().equals(MemberStatus.up())) {
                up++;
            }
        }
        return new Awareness.Surroundings(
                isUp(), members, up, state.getUnreachable().size());
    }

    public Awareness awareness() {
        return awareness;
    }

    public Survival survival() {
        return survival;
    }

    /** What gRPC health answers (NODE-04): a member within reach of a majority, whose journal and disk answer. */
    public boolean isServing() {
        return awareness.fresh() && survival.health().good();
    }

    /** Where other nodes reach this one. */
    public Address address() {
        return Cluster.get(system).selfMember().address();
    }

    /** Completes when this node is a full member of its cluster. */
    public CompletionStage<Void> joined() {
        var joined = new CompletableFuture<Void>();
        org.apache.pekko.cluster.Cluster.get(system).registerOnMemberUp(() -> joined.complete(null));
        return joined;
    }

    /** Completes when the node has ended, with the reason if it was not {@link #close}. */
    public CompletionStage<Optional<UserError>> ended() {
        return ended.thenApply(done -> TurnedAway.reason(system));
    }

    /** Whether {@link #ended} has completed. */
    boolean hasEnded() {
        return ended.isDone();
    }

    public ActorSystem<Void> system() {
        return system;
    }

    public Genesis genesis() {
        return genesis;
    }

    public Pkcs12Keys keys() {
        return keys;
    }

    public Trainer trainer() {
        return trainer;
    }

    /** The network as everybody sees it, through this node's own gateway. */
    public NetworkClient client() {
        return client;
    }

    public GatewayEndpoint endpoint() {
        return endpoint;
    }

    public Metrics metrics() {
        return metrics;
    }

    /** Where Prometheus reads, if that is on. */
    public Optional<InetSocketAddress> metricsAddress() {
        return metricsServer.map(MetricsServer::address);
    }

    /** Where strangers reach the network, if this node lets them: {@link #client} needs no port. */
    public Optional<InetSocketAddress> gateway() {
        return gateway.map(GatewayBinding::address);
    }

    public Optional<InetSocketAddress> operator() {
        return operator.map(GatewayBinding::address);
    }

    /** Ends what is under way, leaves the cluster, and closes the journal. */
    @Override
    public void close() {
        Stream.of(gateway, operator)
                .flatMap(Optional::stream)
                .forEach(binding ->
                        binding.unbind(STOP_PATIENCE).toCompletableFuture().exceptionally(e -> null));
        survival.close();
        metrics.close();
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("the node did not stop cleanly; its journal is safe", e);
        }
        blobs.close();
        threads.shutdownNow();
        log.close();
    }
}

package computer.autonet.app.bench;

import com.google.protobuf.UnsafeByteOperations;
import com.sun.management.OperatingSystemMXBean;
import computer.autonet.app.Node;
import computer.autonet.app.NodeConfig;
import computer.autonet.audit.ExportFolder;
import computer.autonet.audit.Exporter;
import computer.autonet.audit.Verdict;
import computer.autonet.audit.Verifier;
import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.cli.GatewayLogSource;
import computer.autonet.codec.KnownVersions;
import computer.autonet.codec.MessageCodec;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GatewayServiceClient;
import computer.autonet.v1.SubmitRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.grpc.GrpcClientSettings;
import org.apache.pekko.stream.Materializer;

/**
 * Signed messages through the gateway to the embedded journal: each is acknowledged when it is on disk. Senders have one
 * message under way each. The messages are signed beforehand, which is the client's work, and the clients run in the same
 * JVM. Afterwards the log is exported and verified, which gives the entries replayed per second.
 */
final class Submitting implements Measurement {
    private static final int SENDERS = 256;

    /** Short enough that all messages are still valid when their turn comes. */
    private static final long LIFE_MILLIS = 9 * 60 * 1000;

    /** What a fast machine could take; the measurement ends by itself before. */
    private static final int MOST_PER_SECOND = 6_000;

    private final boolean remote;

    /** @param remote over gRPC on loopback, else by the node's own channel */
    Submitting(boolean remote) {
        this.remote = remote;
    }

    @Override
    public String name() {
        return remote ? "submit-grpc" : "submit";
    }

    @Override
    public SortedMap<String, Object> measure(Path scratch, int seconds) throws IOException, InterruptedException {
        List<Ed25519Key> keys = new ArrayList<>();
        SortedMap<Identity, Amount> allocations = new TreeMap<>();
        for (int i = 0; i < SENDERS; i++) {
            var key = Ed25519Key.ofSeed(Hash.digest("autonet/bench/" + i).toArray());
            keys.add(key);
            allocations.put(key.identity(), Amount.ofTokens(1));
        }
        Identity first = keys.get(0).identity();
        var genesis =
                new Genesis("bench", KnownVersions.latest(), 1, allocations, Tables.empty(), first, List.of(first));
        try (Node node = Node.start(NodeConfig.embedded(scratch.resolve("node"), 0), genesis, new NoTraining())) {
            SubmitRequest[][] messages = sign(genesis, keys, seconds);
            GatewayService gateway = remote ? client(node) : node.endpoint();
            var figures = new TreeMap<String, Object>();
            new Run(gateway, messages, seconds).into(figures);
            figures.put("senders", SENDERS);
            if (!remote) {
                verify(node, scratch.resolve("export"), figures);
            }
            return figures;
        }
    }

    private static GatewayServiceClient client(Node node) {
        var at = node.gateway().orElseThrow();
        var settings = GrpcClientSettings.connectToServiceAt(at.getHostString(), at.getPort(), node.system())
                .withTls(false);
        return GatewayServiceClient.create(settings, node.system());
    }

    private static SubmitRequest[][] sign(Genesis genesis, List<Ed25519Key> keys, int seconds) {
        int each = MOST_PER_SECOND * (seconds + seconds / 2 + 1) / SENDERS;
        long expires = System.currentTimeMillis() + LIFE_MILLIS;
        var messages = new SubmitRequest[SENDERS][each];
        Arrays.parallelSetAll(messages, i -> {
            Ed25519Key key = keys.get(i);
            ProcessId target = ProcessId.owned(
                    Kind.SOLVER, genesis.networkId(), key.identity().address());
            var row = new SubmitRequest[each];
            for (int n = 0; n < each; n++) {
                var command = new SolverCommand.Declare(1 + n % 2, List.of());
                byte[] raw = MessageCodec.sign(key, genesis.networkId(), target, command, n + 1, expires)
                        .raw()
                        .toArray();
                row[n] = SubmitRequest.newBuilder()
                        .setMessage(UnsafeByteOperations.unsafeWrap(raw))
                        .build();
            }
            return row;
        });
        return messages;
    }

    private void verify(Node node, Path folder, SortedMap<String, Object> figures) {
        new Exporter(GatewayLogSource.of(node.endpoint(), Materializer.createMaterializer(node.system())), note -> {})
                .write(folder);
        long from = System.nanoTime();
        Verdict verdict = new Verifier(new ExportFolder(folder)).verify();
        double seconds = (System.nanoTime() - from) / 1e9;
        if (!verdict.holds()) {
            throw new IllegalStateException("the exported log does not hold: " + verdict.problem());
        }
        figures.put("verifiedEntries", verdict.entries());
        figures.put("verifiedEntriesPerSecond", verdict.entries() / seconds);
    }

    /** One go of all senders. */
    private static final class Run {
        private static final long NANOS_PER_SECOND = 1_000_000_000L;

        private final GatewayService gateway;
        private final SubmitRequest[][] messages;
        private final long measureFrom;
        private final long end;
        private final CountDownLatch done = new CountDownLatch(SENDERS);
        private final AtomicInteger counted = new AtomicInteger();
        private final AtomicReference<Throwable> failed = new AtomicReference<>();
        private final long[] micros;
        private final int seconds;

        /** Processor time of the whole JVM: says what a message costs also where other programs take the cores. */
        private final AtomicLong cpuFromNanos = new AtomicLong();

        private final AtomicLong cpuToNanos = new AtomicLong();

        Run(GatewayService gateway, SubmitRequest[][] messages, int seconds) {
            this.gateway = gateway;
            this.messages = messages;
            this.seconds = seconds;
            this.measureFrom = System.nanoTime() + seconds * NANOS_PER_SECOND / 2;
            this.end = measureFrom + seconds * NANOS_PER_SECOND;
            this.micros = new long[SENDERS * messages[0].length];
        }

        void into(SortedMap<String, Object> figures) throws InterruptedException {
            for (int i = 0; i < SENDERS; i++) {
                send(i, 0);
            }
            done.await();
            cpuToNanos.set(cpuNanos());
            Throwable failure = failed.get();
            if (failure != null) {
                throw new IllegalStateException("a message was not taken", failure);
            }
            int count = counted.get();
            if (count == 0) {
                throw new IllegalStateException("nothing was acknowledged in " + seconds + " s: measure for longer");
            }
            Arrays.sort(micros, 0, count);
            figures.put("messagesPerSecond", (double) count / seconds);
            figures.put("cpuMicrosPerMessage", (cpuToNanos.get() - cpuFromNanos.get()) / 1e3 / count);
            figures.put("p50Millis", micros[count / 2] / 1e3);
            figures.put("p99Millis", micros[(int) (count * 0.99)] / 1e3);
        }

        private static long cpuNanos() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }

        private void send(int sender, int number) {
            if (number == messages[sender].length || System.nanoTime() > end) {
                done.countDown();
                return;
            }
            long sent = System.nanoTime();
            gateway.submit(messages[sender][number]).whenComplete((receipt, failure) -> {
                long now = System.nanoTime();
                if (failure != null) {
                    failed.compareAndSet(null, failure);
                    done.countDown();
                    return;
                }
                if (now >= measureFrom && now < end) {
                    if (counted.get() == 0) {
                        cpuFromNanos.compareAndSet(0, cpuNanos());
                    }
                    micros[counted.getAndIncrement()] = (now - sent) / 1_000;
                }
                send(sender, number + 1);
            });
        }
    }
}

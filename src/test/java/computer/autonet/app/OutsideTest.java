package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.cli.GatewayOptions;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.genesis.FirstGenesis;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose network is cut in such a way that nobody tells it: no packet comes any more, and no reset either. */
@Timeout(180)
class OutsideTest {
    private static final long SECONDS = 60;

    @TempDir
    private Path folder;

    /** Connections to a port, which can be frozen; those that come later pass. */
    private static final class Relay implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int target;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile long frozenNanos = Long.MIN_VALUE;

        Relay(int target) throws IOException {
            this.target = target;
            threads.execute(this::accept);
        }

        int port() {
            return door.getLocalPort();
        }

        /** What is connected now stays so and carries nothing. */
        void freeze() {
            frozenNanos = System.nanoTime();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = door.accept();
                    var node = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.add(client);
                    sockets.add(node);
                    long sinceNanos = System.nanoTime();
                    threads.execute(() -> pump(client, node, sinceNanos));
                    threads.execute(() -> pump(node, client, sinceNanos));
                }
            } catch (IOException closed) {
                over.countDown();
            }
        }

        private void pump(Socket from, Socket to, long sinceNanos) {
            byte[] buffer = new byte[16_384];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (frozenNanos > sinceNanos) {
                        over.await();
                        return;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException | InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            threads.shutdownNow();
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        var never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            never.await(50, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void node03_aWorkerFindsOutThatItsConnectionIsDeadAndHearsOnOverANewOne() throws Exception {
        var owner = Ed25519Key.ofSeed(Hash.digest("owner").toArray());
        var genesis = FirstGenesis.of(
                "outside",
                1,
                new TreeMap<>(Map.of(owner.identity(), Amount.ofTokens(10))),
                owner.identity(),
                List.of());
        var trainer = new PyTorchTrainer(PyTorchTrainer.defaultCache());
        try (Node node = Node.start(NodeConfig.embedded(folder, 0), genesis, trainer);
                var relay = new Relay(node.gateway().orElseThrow().getPort());
                var outside = Outside.connect(new GatewayOptions.Address("127.0.0.1", relay.port()))) {
            await("the node serves", outside::serving);
            ProcessId account = ProcessId.owned(
                    Kind.ACCOUNT, genesis.networkId(), owner.identity().address());
            var heard = new CompletableFuture<Long>();
            var client = outside.client();
            assertThat(Local.await(client.network(), SECONDS).id()).isEqualTo(genesis.networkId());
            try (var watch = client.watch(
                    account, 0, entry -> heard.complete(entry.draft().slot()))) {
                assertThat(watch.ended()).isNotCompleted();
                relay.freeze();
                await("a node that does not answer does not serve", () -> !outside.serving());
                var pay = new AccountCommand.Transfer(Hash.digest("anybody"), Amount.ofTokens(1));
                Local.await(node.client().submit(owner, account, pay), SECONDS);
                assertThat(heard.get(SECONDS, TimeUnit.SECONDS)).isZero();
                await("the node serves again", outside::serving);
            }
        }
    }
}

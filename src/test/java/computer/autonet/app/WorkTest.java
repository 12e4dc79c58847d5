package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.adapter.work.WorkFolder;
import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.InMemoryNetwork;
import computer.autonet.client.NetworkClient;
import computer.autonet.engine.work.WorkEngine;
import computer.autonet.engine.work.WorkListener;
import computer.autonet.port.Keys;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.role.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node takes up, and lets go of, in a long life beside a network in memory. */
@Timeout(60)
class WorkTest {
    private static final SigningKey OWNER =
            Ed25519Key.ofSeed(Hash.digest("owner").toArray());
    private static final SigningKey ME = Ed25519Key.ofSeed(Hash.digest("me").toArray());
    private static final long SECONDS = 20;

    @TempDir
    private Path folder;

    private final Local local = new Local();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private InMemoryNetwork network;
    private NetworkClient client;
    private Work work;

    @BeforeEach
    void begin() {
        var allocations = new TreeMap<Identity, Amount>();
        allocations.put(OWNER.identity(), Amount.ofTokens(100_000));
        allocations.put(ME.identity(), Amount.ofTokens(100_000));
        var genesis = FirstGenesis.of("work", 1, allocations, OWNER.identity(), List.of());
        network = new InMemoryNetwork(genesis, local.materializer());
        client = new NetworkClient(network, local.materializer());
        var engine = new WorkEngine(
                client,
                new PyTorchTrainer(PyTorchTrainer.defaultCache()),
                new WorkFolder(folder),
                threads,
                () -> true,
                WorkListener.NONE);
        var job = Job.of(Role.AGGREGATOR, "me", Job.usualStake(Role.AGGREGATOR), Optional.empty());
        work = new Work(client, engine, new Mine(), List.of(job), threads, new Told(told), 2);
    }

    @AfterEach
    void end() {
        work.close();
        threads.shutdownNow();
        local.close();
    }

    private ProcessId project() {
        var phases = new PhaseTimes(60_000, 60_000, 60_000, 60_000, 60_000, 60_000);
        return new TinyProject(1, 2, 3, phases).found(client, OWNER);
    }

    private void close(ProcessId project) {
        Local.await(client.submit(OWNER, project, new ProjectCommand.Close()), SECONDS);
    }

    private void await(String what) throws InterruptedException {
        String said = told.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(said).isEqualTo(what);
    }

    @Test
    void node05_projectsThatAreCompleteLeaveRoomForThoseThatComeLater() throws Exception {
        ProcessId first = project();
        ProcessId second = project();
        close(first);
        close(second);
        ProcessId third = project();
        ProcessId fourth = project();
        ProcessId fifth = project();

        work.sponsor(OWNER.identity().address());
        var said = List.of(
                String.valueOf(told.poll(SECONDS, TimeUnit.SECONDS)),
                String.valueOf(told.poll(SECONDS, TimeUnit.SECONDS)),
                String.valueOf(told.poll(SECONDS, TimeUnit.SECONDS)),
                String.valueOf(told.poll(SECONDS, TimeUnit.SECONDS)));
        assertThat(said)
                .containsExactlyInAnyOrder(
                        "complete " + first, "complete " + second, "joined " + third, "joined " + fourth);
        assertThat(told).as("two at once").isEmpty();

        close(third);
        await("complete " + third);
        await("joined " + fifth);
    }

    @Test
    void node05_ofACompleteProjectNothingIsWatchedAnyMore() throws Exception {
        work.sponsor(OWNER.identity().address());
        ProcessId project = project();
        await("joined " + project);
        awaitWatches(3);
        close(project);
        await("complete " + project);
        awaitWatches(1);
    }

    /** The sponsor's account, and of a project one for people and one that its participants share. */
    private void awaitWatches(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        var never = new CountDownLatch(1);
        while (network.watches() != count) {
            assertThat(System.nanoTime())
                    .as("%s watches, not %s", network.watches(), count)
                    .isLessThan(deadline);
            never.await(10, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void aProjectThatNobodyFoundedIsWaitedForAndThatIsTold() throws Exception {
        ProcessId nobodys = new ProcessId(Kind.PROJECT, Hash.digest("nobody's"));
        work.project(nobodys);
        await("waits for " + nobodys + ": nobody has founded it");
    }

    private record Mine() implements Keys {
        @Override
        public List<String> names() {
            return List.of("me");
        }

        @Override
        public SigningKey signer(String name) {
            return ME;
        }
    }

    private record Told(LinkedBlockingQueue<String> told) implements Work.Listener {
        @Override
        public void joined(ProcessId project, String name) {
            told.add("joined " + project);
        }

        @Override
        public void ended(ProcessId project, RoundSummary round) {
            told.add("ended " + project);
        }

        @Override
        public void stopped(ProcessId project, String why) {
            told.add((why.isEmpty() ? "complete " : "paused " + why + " ") + project);
        }

        @Override
        public void failed(ProcessId project, Throwable cause) {
            told.add("failed " + project + " " + cause);
        }

        @Override
        public void waiting(ProcessId project, String why) {
            told.add("waits for " + project + ": " + why);
        }
    }
}

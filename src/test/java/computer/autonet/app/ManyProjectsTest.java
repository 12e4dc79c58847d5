package computer.autonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.adapter.work.WorkFolder;
import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.engine.work.Recipes;
import computer.autonet.engine.work.WorkEngine;
import computer.autonet.engine.work.WorkListener;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.crypto.Ed25519Key;
import computer.autonet.protocol.genesis.FirstGenesis;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.process.Receipt;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.role.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many projects at once on one node: all finish, and afterwards their processes leave memory. */
class ManyProjectsTest {
    private static final int PROJECTS = 100;
    private static final int MINUTES = 5;
    private static final Amount REWARD = Amount.ofTokens(10);
    private static final Amount FUNDS = Amount.ofTokens(1_000_000);

    /** Nobody is silent here; a busy machine is slow, though. */
    private static final PhaseTimes PHASES = new PhaseTimes(300_000, 300_000, 300_000, 300_000, 300_000, 300_000);

    @TempDir
    private Path folder;

    private record Player(Role role, Ed25519Key key) {}

    private static Ed25519Key key(String name) {
        return Ed25519Key.ofSeed(Hash.digest("many/" + name).toArray());
    }

    @Test
    void allProjectsFinishAndTheirProcessesLeaveMemory() throws Exception {
        var owner = key("owner");
        List<Player> players = List.of(
                new Player(Role.PROPOSER, key("proposer")),
                new Player(Role.AGGREGATOR, key("aggregator")),
                new Player(Role.SOLVER, key("solver-1")),
                new Player(Role.SOLVER, key("solver-2")),
                new Player(Role.COORDINATOR, key("coordinator-1")),
                new Player(Role.COORDINATOR, key("coordinator-2")),
                new Player(Role.COORDINATOR, key("coordinator-3")));
        var allocations = new TreeMap<Identity, Amount>();
        allocations.put(owner.identity(), FUNDS);
        players.forEach(player -> allocations.put(player.key().identity(), FUNDS));
        var genesis =
                FirstGenesis.of("many", 10_080, allocations, key("treasury").identity(), List.of(owner.identity()));

        Config file = ConfigFactory.parseString("autonet.process.idle-timeout = 5s");
        Config config = Settings.load(
                file,
                Map.of("data-dir", folder.resolve("node") + "", "gateway.port", 0, "operator.port", -1),
                Map.of());
        var trainer = new PyTorchTrainer(PyTorchTrainer.defaultCache());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        long began = System.nanoTime();
        try (Node node = Node.start(config, genesis, trainer)) {
            List<Job> jobs = new ArrayList<>();
            for (Player player : players) {
                String name = player.role().label() + "-" + jobs.size();
                node.keys().add(name, player.key());
                var data = new Job.Data("digits", 1, jobs.size() % 2, 2, "iid");
                jobs.add(Job.of(player.role(), name, Job.usualStake(player.role()), Optional.of(data)));
            }
            var complete = new CountDownLatch(PROJECTS);
            var engine = new WorkEngine(
                    node.client(),
                    node.trainer(),
                    new WorkFolder(folder.resolve("work")),
                    threads,
                    node.awareness()::fresh,
                    WorkListener.NONE);
            try (var work = new Work(node.client(), engine, node.keys(), jobs, threads, new Counting(complete))) {
                work.sponsor(owner.identity().address());
                found(node, owner);
                assertThat(complete.await(MINUTES, TimeUnit.MINUTES))
                        .as("%s of %s projects left", complete.getCount(), PROJECTS)
                        .isTrue();
            }
            System.out.println(PROJECTS + " projects in " + (System.nanoTime() - began) / 1_000_000_000 + " s, "
                    + entities(node) + " processes in memory");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            var never = new CountDownLatch(1);
            while (entities(node) > PROJECTS / 10 + 10) {
                assertThat(System.nanoTime()).as("%s are left", entities(node)).isLessThan(deadline);
                never.await(1, TimeUnit.SECONDS);
            }
            System.out.println(entities(node) + " processes in memory when idle");
        } finally {
            threads.shutdownNow();
        }
    }

    private static double entities(Node node) {
        return node.metrics()
                .scrape()
                .lines()
                .filter(line -> line.startsWith("autonet_entities "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }

    private static void found(Node node, Ed25519Key owner) {
        var model = new ModelSpec(ModelSpec.Architecture.ofLabel("mlp"), 8, 8, 10);
        byte[] initial = Parameters.of(node.trainer().initial(model, 1)).encode();
        BlobId blob = Local.await(node.client().putBlob(initial), 60);
        ProcessId account = ProcessId.owned(
                Kind.ACCOUNT, node.genesis().networkId(), owner.identity().address());
        for (int i = 0; i < PROJECTS; i++) {
            var terms = new ProjectTerms(
                    "project " + i,
                    Recipes.toProject(Recipe.standard(model, 1).withSteps(2)),
                    blob,
                    1,
                    REWARD,
                    2,
                    3,
                    5,
                    PHASES);
            Receipt founded =
                    Local.await(node.client().submit(owner, account, new AccountCommand.CreateProject(terms)), 120);
            ProcessId project = ProcessId.created(Kind.PROJECT, account, founded.slot(), 0);
            Local.await(node.client().submit(owner, account, new AccountCommand.Transfer(project.hash(), REWARD)), 120);
        }
    }

    private record Counting(CountDownLatch complete) implements Work.Listener {
        @Override
        public void joined(ProcessId project, String name) {
            assertThat(name).startsWith("project ");
        }

        @Override
        public void ended(ProcessId project, RoundSummary round) {
            if (round.voided().isPresent()) {
                System.out.println("void: " + round.voided().get());
            }
        }

        @Override
        public void stopped(ProcessId project, String why) {
            if (why.isEmpty()) {
                complete.countDown();
            }
        }

        @Override
        public void waiting(ProcessId project, String why) {
            System.out.println(project + " waits: " + why);
        }

        @Override
        public void failed(ProcessId project, Throwable cause) {
            throw new AssertionError(project + " cannot be worked for", cause);
        }
    }
}

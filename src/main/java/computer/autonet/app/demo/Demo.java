package computer.autonet.app.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import computer.autonet.adapter.data.DataException;
import computer.autonet.adapter.data.DataSet;
import computer.autonet.adapter.data.DataSets;
import computer.autonet.adapter.data.Partition;
import computer.autonet.adapter.data.Split;
import computer.autonet.adapter.work.WorkFolder;
import computer.autonet.app.FreshTruth;
import computer.autonet.app.Node;
import computer.autonet.app.NodeConfig;
import computer.autonet.app.UserError;
import computer.autonet.audit.ExportFolder;
import computer.autonet.audit.Exporter;
import computer.autonet.audit.Verdict;
import computer.autonet.audit.Verifier;
import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.BlobId;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.cli.GatewayLogSource;
import computer.autonet.cli.Program;
import computer.autonet.engine.work.Behaviour;
import computer.autonet.engine.work.Recipes;
import computer.autonet.engine.work.WorkEngine;
import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import computer.autonet.port.TrainingException;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.project.Member;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.pekko.stream.Materializer;

/** Runs one node with every role on an embedded journal and trains a model on it, from genesis to the published model. */
final class Demo {
    private static final Amount REWARD = Amount.ofTokens(1_000);

    /** Silence of an adversary costs a whole reveal or open phase, so these are short; the others end early. */
    private static final PhaseTimes PHASES = new PhaseTimes(15_000, 60_000, 5_000, 30_000, 5_000, 15_000);

    private static final int ATTEMPTS = 20;

    private final DemoOptions options;
    private final Screen screen;
    private final Trainer trainer;
    private final Path dataDir;
    private final long startedNanos = System.nanoTime();

    /** @param trainer whose engine is loaded while the node starts */
    Demo(DemoOptions options, Screen screen, Trainer trainer) {
        this.trainer = trainer;
        this.options = options;
        this.screen = screen;
        this.dataDir =
                options.dataDir != null ? options.dataDir : Path.of(".autonet", "demo-" + stamp("yyyyMMdd-HHmmss"));
    }

    private static String stamp(String pattern) {
        return LocalDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
    }

    /** Where this demo's journal is. */
    Path dataDir() {
        return dataDir;
    }

    /** What is learned and with which data. */
    private record Lesson(Partition partition, List<Examples> shares, ModelSpec model, Recipe recipe) {}

    /**
     * Runs all rounds, or those that the folder's journal does not have yet.
     *
     * @param report told the result; with {@code --serve} the node answers on until the thread is interrupted
     */
    void run(Consumer<DemoResult> report) throws IOException, InterruptedException {
        Lesson lesson = lesson();
        var cast = new Cast(options.seed, options.solvers, options.coordinators, options.parsedAdversaries());
        Config config = config();
        Node.check(config);
        claimDataDir();
        screen.line(
                "Autonet demo: %s on %s, %d rounds, %d participants, journal in %s",
                lesson.model(), options.dataset, options.rounds, cast.players().size(), dataDir);
        screen.status("loading the training library");
        trainer.warmUp();
        screen.status("starting the node");
        try (Node node = Node.start(config, cast.genesis(), trainer)) {
            DemoResult result = run(node, lesson, cast);
            report.accept(result);
            if (options.serve) {
                serve(node, result);
            }
        }
    }

    /** A node that is alone has nobody to hand its processes to, so it does not take the time for that when it stops. */
    private Config config() {
        Config config = NodeConfig.embedded(dataDir, options.gatewayPort);
        for (String phase : List.of("cluster-sharding-shutdown-region", "cluster-exiting")) {
            config = config.withValue(
                    "pekko.coordinated-shutdown.phases." + phase + ".timeout", ConfigValueFactory.fromAnyRef("500 ms"));
        }
        return config;
    }

    private static String gateway(Node node) {
        InetSocketAddress at = node.gateway().orElseThrow();
        return at.getHostString() + ":" + at.getPort();
    }

    /** Until Ctrl-C ends the program. */
    private void serve(Node node, DemoResult result) throws InterruptedException {
        String gateway = gateway(node);
        screen.line("");
        screen.line("serving at %s until Ctrl-C; in another terminal:", gateway);
        screen.line(
                "  %s infer --gateway %s --project %s --input %s:0-9",
                Program.called(),
                gateway,
                result.project().replaceFirst("^project:", ""),
                Program.word(options.dataset));
        new CountDownLatch(1).await();
    }

    private Lesson lesson() {
        try {
            DataSet set = DataSets.named(options.dataset);
            Partition partition = Partition.of(set, options.seed);
            partition.checkRounds(options.rounds);
            Examples test = partition.test();
            var model = new ModelSpec(
                    ModelSpec.Architecture.ofLabel(options.model), test.rows(), test.cols(), test.classes());
            List<Examples> shares = partition.shares(options.solvers, Split.parse(options.split));
            return new Lesson(partition, shares, model, Recipe.standard(model, options.seed));
        } catch (DataException e) {
            throw new UserError(e);
        } catch (TrainingException e) {
            throw new UserError(e);
        }
    }

    /** A folder of a demo with other flags is refused: its journal holds another project. */
    private void claimDataDir() throws IOException {
        Path marker = dataDir.resolve("demo");
        if (Files.exists(marker)) {
            String before = Files.readString(marker, StandardCharsets.UTF_8).strip();
            if (!before.equals(options.fingerprint())) {
                throw new UserError(
                        "DATA_DIR_OF_ANOTHER_DEMO",
                        dataDir + " holds the demo " + before,
                        "use the same flags, or another --data-dir");
            }
        } else {
            try {
                Files.createDirectories(dataDir);
            } catch (IOException e) {
                throw new UserError("DATA_DIR_UNUSABLE", dataDir + " cannot be made", "name another --data-dir", e);
            }
            Files.writeString(marker, options.fingerprint() + "\n", StandardCharsets.UTF_8);
        }
    }

    private DemoResult run(Node node, Lesson lesson, Cast cast) throws IOException, InterruptedException {
        screen.line("network %s, gateway %s", node.genesis().networkId().brief(), gateway(node));
        ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
            var thread = new Thread(work, "autonet-work");
            thread.setDaemon(true);
            return thread;
        });
        try {
            ProcessId project = project(node, lesson, cast);
            screen.line("project %s", project);
            var attempts = new Attempts();
            var table = new RoundTable(
                    cast,
                    screen,
                    model -> node.client().getBlob(model).toCompletableFuture().join(),
                    model -> measured(node, lesson, model));
            try (var engine = new WorkEngine(
                            node.client(),
                            node.trainer(),
                            new WorkFolder(dataDir.resolve("work")),
                            threads,
                            node.awareness()::fresh,
                            new Narrator(cast, screen));
                    var watch = node.client().watch(project, 0, attempts::follow)) {
                start(engine, project, lesson, cast);
                return finish(node, lesson, cast, project, table.show(attempts, options.rounds));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Founds and funds the project, unless this folder's journal has it already. */
    private ProcessId project(Node node, Lesson lesson, Cast cast) throws IOException {
        Path file = dataDir.resolve("project");
        if (Files.exists(file)) {
            screen.line("resuming from the journal");
            return ProcessId.parse(
                    Files.readString(file, StandardCharsets.UTF_8).strip());
        }
        var client = node.client();
        screen.status("founding and funding the project");
        float[] initial = node.trainer().initial(lesson.model(), options.seed);
        byte[] encoded = Parameters.of(initial).encode();
        BlobId model = client.putBlob(encoded).toCompletableFuture().join();
        var terms = new ProjectTerms(
                "demo",
                Recipes.toProject(lesson.recipe()),
                model,
                options.rounds,
                REWARD,
                cast.count(Role.SOLVER),
                cast.count(Role.COORDINATOR),
                ATTEMPTS,
                PHASES);
        var network = node.genesis().networkId();
        ProcessId account =
                ProcessId.owned(Kind.ACCOUNT, network, cast.owner().identity().address());
        // The first acts meet a cluster that is still forming; the same signed bytes are sent until they are answered.
        // A crash between founding and noting the project leaves one without members, and a second one is founded.
        var receipt = client.submit(cast.owner(), account, new AccountCommand.CreateProject(terms))
                .toCompletableFuture()
                .join();
        ProcessId project = ProcessId.created(Kind.PROJECT, account, receipt.slot(), 0);
        Amount budget = new Amount(REWARD.units().multiply(BigInteger.valueOf(options.rounds)));
        client.submit(cast.owner(), account, new AccountCommand.Transfer(project.hash(), budget))
                .toCompletableFuture()
                .join();
        Files.writeString(file, project + "\n", StandardCharsets.UTF_8);
        return project;
    }

    private void start(WorkEngine engine, ProcessId project, Lesson lesson, Cast cast) {
        for (Cast.Player player : cast.players()) {
            Amount stake = player.stake();
            switch (player.role()) {
                case PROPOSER ->
                    engine.proposer(
                            player.key(),
                            project,
                            stake,
                            new FreshTruth(lesson.partition(), options.rounds),
                            player.behaviour());
                case SOLVER -> engine.solver(player.key(), project, stake, dataOf(player, lesson), player.behaviour());
                case COORDINATOR -> engine.coordinator(player.key(), project, stake, player.behaviour());
                case AGGREGATOR -> engine.aggregator(player.key(), project, stake);
            }
        }
    }

    private Examples dataOf(Cast.Player player, Lesson lesson) {
        return player.behaviour() == Behaviour.HONEST
                ? lesson.shares().get(player.index())
                : lesson.partition().adversary(player.index(), options.solvers);
    }

    private static Trainer.Measured measured(Node node, Lesson lesson, Parameters model) {
        return node.trainer()
                .measure(lesson.model(), model.toArray(), lesson.partition().test())
                .toCompletableFuture()
                .join();
    }

    private DemoResult finish(Node node, Lesson lesson, Cast cast, ProcessId project, List<DemoResult.Round> rounds)
            throws IOException {
        screen.status("training centrally with the same number of steps, for comparison");
        double central = central(node.trainer(), lesson);
        screen.status("exporting the log and checking it");
        var state = (ProjectState.Founded)
                node.client().project(project).toCompletableFuture().join().state();
        if (!(state.stage() instanceof Stage.Complete)) {
            throw new IllegalStateException("the project is not complete: " + state.stage());
        }
        Path export = dataDir.resolve("export-" + stamp("HHmmss-SSS"));
        var source = GatewayLogSource.of(node.endpoint(), Materializer.createMaterializer(node.system()));
        Exporter.Exported exported = new Exporter(source, note -> {}).write(export);
        Verdict verdict = new Verifier(new ExportFolder(export)).verify();
        if (!verdict.holds()) {
            throw new IllegalStateException("the exported log does not hold: " + verdict.problem());
        }
        List<DemoResult.Participant> participants = new ArrayList<>();
        for (Cast.Player player : cast.players()) {
            Member member = state.roster().get(new MemberKey(player.role(), player.identity()));
            participants.add(new DemoResult.Participant(
                    player.name(),
                    player.identity().toString(),
                    player.role().label(),
                    player.behaviourLabel(),
                    atn(member == null ? Amount.ZERO : member.earned()),
                    atn(member == null ? Amount.ZERO : member.charged())));
        }
        screen.endStatus();
        return new DemoResult(
                rounds,
                rounds.get(rounds.size() - 1).accuracy(),
                central,
                participants,
                new DemoResult.Ledger(
                        atn(verdict.issued(Asset.ATN)),
                        atn(verdict.held(Asset.ATN).orElseThrow())),
                new DemoResult.Log(exported.processes(), exported.messages(), exported.entries(), export.toString()),
                project.toString(),
                node.genesis().networkId().toHex(),
                (System.nanoTime() - startedNanos) / 1e9);
    }

    private double central(Trainer trainer, Lesson lesson) {
        Recipe recipe = lesson.recipe().withSteps(lesson.recipe().steps() * options.rounds);
        return trainer.train(
                        recipe,
                        trainer.initial(lesson.model(), options.seed),
                        lesson.partition().central())
                .thenCompose(trained -> trainer.measure(
                        lesson.model(), trained.parameters(), lesson.partition().test()))
                .toCompletableFuture()
                .join()
                .accuracy();
    }

    private static BigDecimal atn(Amount amount) {
        return new BigDecimal(amount.toString());
    }
}

package computer.autonet.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.adapter.work.WorkFolder;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.CodecException;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.engine.work.WorkEngine;
import computer.autonet.engine.work.WorkListener;
import computer.autonet.protocol.genesis.Genesis;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./autonet node}: one member of a cluster with its participants, until it is told to stop (NODE-02). */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = "Runs a node until Ctrl-C or SIGTERM. Every setting of application.conf is a flag, too.",
        footer = {"", "Example:", "  ./autonet node --config deploy/local/a.conf"})
public final class NodeCommand implements Callable<Integer> {
    private static final String OURS = """
            # The command stops the node in its own order. A hook of Pekko's would close the connections to the other nodes
            # at once, over which the node has to take its leave.
            pekko.jvm-shutdown-hooks = off
            """;

    @Option(names = "--config", paramLabel = "FILE", description = "The node's settings, such as deploy/local/a.conf.")
    @Nullable
    Path file;

    @Spec
    @Nullable
    CommandSpec spec;

    /** The command with a flag for every setting that is one value. */
    static CommandLine line() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new NodeCommand());
        for (String key : Settings.keys()) {
            spec.addOption(OptionSpec.builder("--" + key.replace('.', '-'))
                    .type(String.class)
                    .arity("1")
                    .paramLabel("VALUE")
                    .description("autonet." + key)
                    .build());
        }
        return new CommandLine(spec);
    }

    private Map<String, Object> flags() {
        Map<String, Object> flags = new HashMap<>();
        if (spec != null) {
            for (String key : Settings.keys()) {
                String value = spec.commandLine()
                        .getParseResult()
                        .matchedOptionValue("--" + key.replace('.', '-'), (String) null);
                if (value != null) {
                    flags.put(key, value);
                }
            }
        }
        return flags;
    }

    @Override
    public Integer call() {
        try {
            return run();
        } catch (ConfigException e) {
            throw new UserError(
                    "CONFIG_INVALID",
                    String.valueOf(e.getMessage()),
                    "compare with src/main/resources/application.conf, which explains every key",
                    e);
        }
    }

    private int run() {
        Config config = ConfigFactory.parseString(OURS)
                .withFallback(Settings.load(file == null ? null : Settings.parseFile(file), flags(), System.getenv()));
        Genesis genesis = genesis(config.getString("autonet.genesis"));
        List<Job> jobs = Job.all(config);
        String cache = config.getString("autonet.training.cache");
        var trainer = new PyTorchTrainer(cache.isEmpty() ? PyTorchTrainer.defaultCache() : Path.of(cache));
        Node node = Node.start(config, genesis, trainer);
        ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
            var thread = new Thread(work, "autonet-work");
            thread.setDaemon(true);
            return thread;
        });
        PrintStream out = System.out;
        var engine = new WorkEngine(
                node.client(),
                node.trainer(),
                new WorkFolder(Path.of(config.getString("autonet.data-dir")).resolve("work")),
                threads,
                node.awareness()::fresh,
                WorkListener.NONE);
        var work = new Work(
                node.client(), engine, node.keys(), jobs, threads, new Counted(node.metrics(), new Console(out)));
        var stopping = new CompletableFuture<Void>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, work, stopping, out), "autonet-stop"));
        try {
            tell(out, config, node, jobs);
            node.joined().thenRun(() -> {
                out.println("joined     " + node.awareness().surroundings().up() + " nodes are up");
                begin(work, config, node, jobs);
            });
            var fault = node.ended().toCompletableFuture().join();
            if (stopping.isDone()) {
                return 0;
            }
            throw fault.orElseThrow(() -> new IllegalStateException(
                    "the node left its cluster, because the others could not reach it; start it again"));
        } finally {
            work.close();
            threads.shutdownNow();
        }
    }

    private static void stop(Node node, Work work, CompletableFuture<Void> stopping, PrintStream out) {
        if (node.system().whenTerminated().isCompleted()) {
            return;
        }
        stopping.complete(null);
        work.close();
        node.close();
        out.println("stopped");
        out.flush();
        // After SIGTERM the JVM would end with 143, which supervisors take for a fault.
        Runtime.getRuntime().halt(0);
    }

    private static void begin(Work work, Config config, Node node, List<Job> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        String project = config.getString("autonet.project");
        if (!project.isEmpty()) {
            work.project(ProcessId.parse(project));
        }
        config.getStringList("autonet.sponsors").forEach(address -> work.sponsor(Hash.ofHex(address)));
    }

    private static void tell(PrintStream out, Config config, Node node, List<Job> jobs) {
        for (Job job : jobs) {
            var unused = Keystore.signer(node.keys(), job.identity());
        }
        out.println("node       " + config.getString("autonet.name") + " of network "
                + node.genesis().name() + " " + node.genesis().networkId().brief());
        out.println("cluster    " + node.address().hostPort());
        out.println("gateway    " + node.gateway().getHostString() + ":"
                + node.gateway().getPort());
        node.operator().ifPresent(at -> out.println("operator   " + at.getHostString() + ":" + at.getPort()));
        node.metricsAddress()
                .ifPresent(
                        at -> out.println("metrics    http://" + at.getHostString() + ":" + at.getPort() + "/metrics"));
        if (!jobs.isEmpty()) {
            out.println("work       "
                    + String.join(", ", jobs.stream().map(Job::identity).toList()));
        }
        out.flush();
    }

    static Genesis genesis(String file) {
        if (file.isEmpty()) {
            throw new UserError(
                    "GENESIS_MISSING",
                    "autonet.genesis names no file",
                    "name the network's genesis file, or make a network with ./autonet network create");
        }
        try {
            return GenesisCodec.fromJson(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new UserError(
                    "GENESIS_MISSING", file + " cannot be read", "make it with ./autonet network create", e);
        } catch (CodecException e) {
            throw new UserError("GENESIS_INVALID", String.valueOf(e.getMessage()), "mend " + file, e);
        }
    }
}

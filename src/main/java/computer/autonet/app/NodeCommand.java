package computer.autonet.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.adapter.work.WorkFolder;
import computer.autonet.cli.CliException;
import computer.autonet.cli.OutputOptions;
import computer.autonet.cli.Program;
import computer.autonet.cli.Report;
import computer.autonet.codec.CodecException;
import computer.autonet.codec.GenesisCodec;
import computer.autonet.codec.UnknownVersionException;
import computer.autonet.engine.work.WorkEngine;
import computer.autonet.protocol.genesis.Genesis;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./autonet node}: one member of a cluster with its participants, until it is told to stop (NODE-02). */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        description = {
            "Runs a node until Ctrl-C or SIGTERM.",
            "Every setting can stand in a file, in the environment or here: autonet.gateway.port is",
            "AUTONET_GATEWAY_PORT and --gateway-port. Flags win over the environment, that over the file."
        },
        footer = {
            "Example: autonet node --config deploy/local/a.conf",
            "         autonet node --genesis network/genesis.json --gateway-port 9190 \\",
            "           --work '{ role = aggregator, identity = me }' --sponsors HEX"
        })
public final class NodeCommand implements Callable<Integer> {
    private static final String OURS = """
            # The command stops the node in its own order. Remoting has a hook of its own that would cut every connection
            # at once, so that the node could not say goodbye and would be missed until the others give it up.
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            pekko.jvm-shutdown-hooks = off
            """;

    @Option(names = "--config", paramLabel = "FILE", description = "The node's settings, such as deploy/local/a.conf.")
    @Nullable
    Path file;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    OutputOptions output = new OutputOptions();

    /** The command with a flag for every setting, under the heading of its topic. */
    static CommandLine line() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new NodeCommand());
        Map<String, ArgGroupSpec.Builder> topics = new TreeMap<>();
        for (Setting setting : Setting.all()) {
            topics.computeIfAbsent(
                            setting.topic(),
                            topic -> ArgGroupSpec.builder()
                                    .heading("%n" + heading(topic) + ":%n")
                                    .validate(false))
                    .addArg(option(setting));
        }
        // In the order of their names, the node's own without one first.
        topics.values()
                .forEach(topic ->
                        spec.addArgGroup(topic.order(spec.argGroups().size()).build()));
        return new CommandLine(spec);
    }

    private static String heading(String topic) {
        return topic.isEmpty() ? "Node" : topic.substring(0, 1).toUpperCase(Locale.ROOT) + topic.substring(1);
    }

    private static OptionSpec option(Setting setting) {
        String standard = setting.standardText();
        String last = setting.key().replaceFirst("^.*[.-]", "").toUpperCase(Locale.ROOT);
        String meaning = standard.isEmpty()
                ? setting.meaning()
                : setting.meaning().replaceFirst("[.]$", "") + " (default: " + standard + ").";
        OptionSpec.Builder option =
                OptionSpec.builder(setting.flag()).arity("1").paramLabel(last).description(meaning.replace("%", "%%"));
        return (setting.isList() ? option.type(List.class).auxiliaryTypes(String.class) : option.type(String.class))
                .build();
    }

    private Map<String, ConfigValue> flags() {
        Map<String, ConfigValue> flags = new HashMap<>();
        if (spec != null) {
            for (Setting setting : Setting.all()) {
                OptionSpec given = spec.commandLine().getParseResult().matchedOption(setting.flag());
                if (given != null) {
                    flags.put(setting.key(), setting.ofFlags(given.stringValues()));
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
            throw Settings.invalid(e);
        }
    }

    private int run() {
        Config config = ConfigFactory.parseString(OURS)
                .withFallback(Settings.load(file == null ? null : Settings.parseFile(file), flags(), System.getenv()));
        Genesis genesis = genesis(config.getString("autonet.genesis"));
        List<Job> jobs = Job.all(config);
        jobs.forEach(Job::requireReadable);
        Targets targets = Targets.of(config);
        String cache = config.getString("autonet.training.cache");
        var trainer = new PyTorchTrainer(cache.isEmpty() ? PyTorchTrainer.defaultCache() : Path.of(cache));
        Node node = Node.start(config, genesis, trainer);
        ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
            var thread = new Thread(work, "autonet-work");
            thread.setDaemon(true);
            return thread;
        });
        var console = new Console(output);
        var engine = new WorkEngine(
                node.client(),
                node.trainer(),
                new WorkFolder(Path.of(config.getString("autonet.data-dir")).resolve("work")),
                threads,
                node.awareness()::fresh,
                new Doings(console, false));
        var work = new Work(node.client(), engine, node.keys(), jobs, threads, new Counted(node.metrics(), console));
        var stopping = new CompletableFuture<Void>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, work, stopping, console), "autonet-stop"));
        try {
            tell(console, config, node, jobs);
            Membership.tell(node.system(), new News(console));
            JoinNotice.tellLater(node, config);
            if (!jobs.isEmpty()) {
                node.joined().thenRun(() -> targets.begin(work));
            }
            var fault = node.ended().toCompletableFuture().join();
            if (stopping.isDone()) {
                return 0;
            }
            if (fault.isPresent()) {
                throw fault.get();
            }
            throw CliException.ours(
                    "CUT_OFF",
                    "the others could not reach this node and go on without it, so it has ended",
                    "start it again when the network is whole: what it had acknowledged is in the journal");
        } catch (IllegalStateException e) {
            // What is asked of a system that was turned away meanwhile fails, but is not the cause.
            Optional<UserError> turnedAway = TurnedAway.reason(node.system());
            throw turnedAway.isPresent() ? turnedAway.get() : e;
        } finally {
            // What failed here ends the program with its own status: the hook has nothing left to say.
            boolean failed = stopping.complete(null);
            work.close();
            if (failed && !node.hasEnded()) {
                node.close();
            }
            threads.shutdownNow();
        }
    }

    private static void stop(Node node, Work work, CompletableFuture<Void> stopping, Console console) {
        if (node.hasEnded() || !stopping.complete(null)) {
            return;
        }
        work.close();
        node.close();
        console.say("stopped", "", event -> event);
        // After SIGTERM the JVM would end with 143, which supervisors take for a fault.
        Runtime.getRuntime().halt(0);
    }

    /** What people need to reach it, a line each; one object in JSON. */
    private void tell(Console console, Config config, Node node, List<Job> jobs) {
        for (Job job : jobs) {
            var unused = Keystore.signer(node.keys(), job.identity());
        }
        String name = config.getString("autonet.name");
        String network =
                node.genesis().name() + " " + node.genesis().networkId().brief();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("cluster", node.address().hostPort());
        if (node.gateway().isPresent() || !output.json()) {
            lines.put("gateway", node.gateway().map(NodeCommand::text).orElse("none"));
        }
        node.operator().ifPresent(at -> lines.put("operator", text(at)));
        node.metricsAddress().ifPresent(at -> lines.put("metrics", "http://" + text(at) + "/metrics"));
        if (!jobs.isEmpty()) {
            lines.put("work", String.join(", ", jobs.stream().map(Job::identity).toList()));
        }
        if (output.json()) {
            var report = new Report()
                    .with("event", "node")
                    .with("name", name)
                    .with("network", node.genesis().networkId());
            lines.forEach(report::with);
            output.line("", report);
        } else {
            console.say("node", name + " of network " + network, event -> event);
            lines.forEach((word, text) -> console.say(word, text, event -> event));
        }
    }

    private static String text(InetSocketAddress at) {
        return at.getHostString() + ":" + at.getPort();
    }

    static Genesis genesis(String file) {
        if (file.isEmpty()) {
            throw new UserError(
                    "GENESIS_MISSING",
                    "autonet.genesis names no file",
                    "name the network's genesis file with --genesis, or make a network with " + Program.called()
                            + " network create --out DIR");
        }
        try {
            return GenesisCodec.fromJson(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new UserError(
                    "GENESIS_MISSING",
                    file + " cannot be read",
                    "make it with " + Program.called() + " network create --out DIR",
                    e);
        } catch (UnknownVersionException e) {
            throw new UserError("VERSION_UNKNOWN", file + ": " + e.found(), e.remedy(), e);
        } catch (CodecException e) {
            throw new UserError("GENESIS_INVALID", String.valueOf(e.getMessage()), "mend " + file, e);
        }
    }

    /** Tells people who is in the cluster. */
    private record News(Console console) implements Membership.Listener {
        @Override
        public void joined(int up) {
            console.say("joined", up + (up == 1 ? " node is up" : " nodes are up"), event -> event.with("up", up));
        }

        @Override
        public void changed(String what) {
            console.say("cluster", what, event -> event.with("what", what));
        }
    }
}

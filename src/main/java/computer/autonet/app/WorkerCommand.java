package computer.autonet.app;

import computer.autonet.adapter.keystore.Pkcs12KeyFiles;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.adapter.work.WorkFolder;
import computer.autonet.base.Amount;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.cli.GatewayAddress;
import computer.autonet.cli.OutputOptions;
import computer.autonet.cli.Parse;
import computer.autonet.cli.SignerOptions;
import computer.autonet.client.NetworkClient;
import computer.autonet.engine.work.WorkEngine;
import computer.autonet.port.KeyFiles;
import computer.autonet.protocol.project.Member;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.role.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./autonet worker}: one participant outside the cluster, with the engine of a node (NODE-06). */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = "Takes part in a project over a node's gateway, until the project is complete or Ctrl-C.",
        footer = {
            "Example: autonet worker --gateway 127.0.0.1:9090 --role solver --project project:HEX \\",
            "           --keystore me.p12 --password-file me.password --as me --data digits --share 6/7"
        })
public final class WorkerCommand implements Callable<Integer> {
    private static final int SHOWN_DECIMALS = 4;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    GatewayAddress gateway = new GatewayAddress();

    @Mixin
    SignerOptions signer = new SignerOptions();

    @Mixin
    DataOptions data = new DataOptions();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description = "proposer, solver, coordinator or aggregator.")
    String role = "";

    @Option(names = "--project", required = true, paramLabel = "ID", description = "What to work for.")
    String project = "";

    @Option(names = "--stake", paramLabel = "ATN", description = "What it locks; default: twice the role's minimum.")
    @Nullable
    String stake;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            defaultValue = ".autonet/worker",
            description = "Where unfinished work outlives a crash (default: ${DEFAULT-VALUE}).")
    Path workDir = Path.of(".autonet", "worker");

    @Override
    public Integer call() {
        Job job = job();
        job.requireReadable();
        ProcessId target = Parse.process(Kind.PROJECT, project);
        KeyFiles.Store keys = signer.open(new Pkcs12KeyFiles());
        Identity me = keys.signer(signer.name()).identity();
        var trainer = new PyTorchTrainer(PyTorchTrainer.defaultCache());
        ExecutorService threads = Executors.newFixedThreadPool(2, run -> {
            var thread = new Thread(run, "autonet-work");
            thread.setDaemon(true);
            return thread;
        });
        var console = new Console(output);
        var doings = new Doings(console, true);
        var ending = new Ending(console, new AtomicBoolean(), new CompletableFuture<>());
        try (var outside = Outside.connect(gateway.address())) {
            var client = outside.client();
            var engine = new WorkEngine(client, trainer, new WorkFolder(workDir), threads, outside::serving, doings);
            try (var work = new Work(client, engine, keys, List.of(job), threads, ending)) {
                var stopped = new AtomicBoolean();
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> stop(work, stopped, ending.over()), "autonet-stop"));
                console.say(
                        "worker",
                        me + " at " + gateway.address(),
                        event -> event.with("identity", me).with("gateway", gateway.address()));
                work.project(target);
                String why = ending.over().join();
                if (stopped.get()) {
                    return 0;
                }
                if (!why.isEmpty()) {
                    throw new UserError("WORK_IMPOSSIBLE", why, "mend that and start again");
                }
                if (!ending.joined().get()) {
                    throw new UserError(
                            "PROJECT_COMPLETE",
                            target + " had published its last round before this worker came, so it never worked",
                            "name a project that is still running");
                }
                conclude(console, client, target, new MemberKey(job.role(), me), doings.rounds());
                return 0;
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What became of it, when the project is complete. */
    private static void conclude(Console console, NetworkClient client, ProcessId project, MemberKey key, int rounds) {
        var state = client.project(project).toCompletableFuture().join().state();
        Member member =
                state instanceof ProjectState.Founded founded ? founded.roster().get(key) : null;
        String text;
        if (rounds > 0) {
            text = "worked in " + rounds + (rounds == 1 ? " round" : " rounds");
        } else if (member == null) {
            text = "never worked: the last round had begun before its stake arrived";
        } else {
            text = "never worked: no round drew it";
        }
        Amount earned = member == null ? Amount.ZERO : member.earned();
        Amount charged = member == null ? Amount.ZERO : member.charged();
        console.say(
                "done",
                text + ", earned " + earned.toTokens(SHOWN_DECIMALS) + " ATN, charged "
                        + charged.toTokens(SHOWN_DECIMALS) + " ATN",
                event -> event.with("rounds", rounds)
                        .with("what", text)
                        .with("earned", earned)
                        .with("charged", charged));
    }

    private static void stop(Work work, AtomicBoolean stopped, CompletableFuture<String> over) {
        stopped.set(true);
        if (over.complete("")) {
            work.close();
            // After SIGTERM the JVM would end with 143, which supervisors take for a fault.
            Runtime.getRuntime().halt(0);
        }
    }

    private Job job() {
        Role parsed = Job.role(role);
        Amount locked = stake == null ? Job.usualStake(parsed) : Job.stake(stake);
        return Job.of(parsed, signer.name(), locked, data.data());
    }

    /** Tells people, and ends the worker with its project. */
    private record Ending(Console console, AtomicBoolean joined, CompletableFuture<String> over)
            implements Work.Listener {
        @Override
        public void joined(ProcessId project, String name) {
            joined.set(true);
            console.joined(project, name);
        }

        @Override
        public void ended(ProcessId project, RoundSummary round) {
            console.ended(project, round);
        }

        /** A paused project may go on. */
        @Override
        public void stopped(ProcessId project, String why) {
            console.stopped(project, why);
            if (why.isEmpty()) {
                over.complete("");
            }
        }

        @Override
        public void waiting(ProcessId project, String why) {
            console.waiting(project, why);
        }

        @Override
        public void failed(ProcessId project, Throwable cause) {
            over.complete(String.valueOf(cause.getMessage()));
        }
    }
}

package computer.autonet.app;

import computer.autonet.adapter.keystore.Pkcs12Keys;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.adapter.work.WorkFolder;
import computer.autonet.base.Amount;
import computer.autonet.base.ProcessId;
import computer.autonet.engine.work.WorkEngine;
import computer.autonet.engine.work.WorkListener;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.role.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./autonet worker}: one participant outside the cluster, with the engine of a node (NODE-06). */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = "Takes part in a project over a node's gateway, until the project is complete or Ctrl-C.",
        footer = {
            "",
            "Example:",
            "  ./autonet worker --gateway 127.0.0.1:9090 --role solver --project project:HEX \\",
            "    --keystore me.p12 --password-file me.password --as me --data digits --share 6/7"
        })
public final class WorkerCommand implements Callable<Integer> {
    @Option(
            names = "--gateway",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9090",
            description = "A node's gateway (default: ${DEFAULT-VALUE}).")
    String gateway = "127.0.0.1:9090";

    @Option(names = "--role", required = true, description = "proposer, solver, coordinator or aggregator.")
    String role = "";

    @Option(names = "--project", required = true, paramLabel = "project:HEX", description = "What to work for.")
    String project = "";

    @Option(names = "--keystore", required = true, paramLabel = "FILE", description = "PKCS#12 file with the identity.")
    Path keystore = Path.of("");

    @Option(names = "--password-file", required = true, paramLabel = "FILE", description = "File with its password.")
    Path passwordFile = Path.of("");

    @Option(names = "--as", required = true, paramLabel = "NAME", description = "The identity's name there.")
    String identity = "";

    @Option(names = "--stake", paramLabel = "ATN", description = "Default: twice the role's minimum.")
    @Nullable
    String stake;

    @Option(
            names = "--data",
            paramLabel = "digits|fashion|DIR",
            description = "Data of a solver or a proposer; it stays on this machine.")
    @Nullable
    String data;

    @Option(names = "--seed", defaultValue = "1", description = "How the data are divided (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--share",
            paramLabel = "I/N",
            defaultValue = "0/1",
            description = "A solver's share, counted from 0, of so many (default: ${DEFAULT-VALUE}: all).")
    String share = "0/1";

    @Option(
            names = "--split",
            paramLabel = "iid|dirichlet:ALPHA",
            defaultValue = "iid",
            description = "How shares differ (default: ${DEFAULT-VALUE}).")
    String split = "iid";

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            defaultValue = ".autonet/worker",
            description = "Where unfinished work outlives a crash (default: ${DEFAULT-VALUE}).")
    Path workDir = Path.of(".autonet", "worker");

    @Override
    public Integer call() {
        Job job = job();
        ProcessId target = target();
        Pkcs12Keys keys = Keystore.existing(keystore, passwordFile);
        if (!keys.names().contains(identity)) {
            throw new UserError("NAME_UNKNOWN", "no '" + identity + "' in " + keystore, "use one of " + keys.names());
        }
        var trainer = new PyTorchTrainer(PyTorchTrainer.defaultCache());
        ExecutorService threads = Executors.newFixedThreadPool(2, run -> {
            var thread = new Thread(run, "autonet-work");
            thread.setDaemon(true);
            return thread;
        });
        var over = new CompletableFuture<String>();
        try (var outside = Outside.connect(gateway)) {
            var client = outside.client();
            var engine = new WorkEngine(
                    client, trainer, new WorkFolder(workDir), threads, outside::serving, WorkListener.NONE);
            try (var work = new Work(client, engine, keys, List.of(job), threads, new Ending(over))) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(work, over), "autonet-stop"));
                System.out.println("worker     " + keys.signer(identity).identity() + " at " + gateway);
                System.out.flush();
                work.project(target);
                String why = over.join();
                if (!why.isEmpty()) {
                    throw new UserError("WORK_IMPOSSIBLE", why, "mend that and start again");
                }
                return 0;
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void stop(Work work, CompletableFuture<String> over) {
        if (over.complete("")) {
            work.close();
            // After SIGTERM the JVM would end with 143, which supervisors take for a fault.
            Runtime.getRuntime().halt(0);
        }
    }

    private Job job() {
        Role parsed = Job.role(role);
        Amount locked = stake == null ? Job.usualStake(parsed) : Job.stake(stake);
        Optional<Job.Data> part = Optional.empty();
        if (data != null) {
            try {
                int slash = share.indexOf('/');
                part = Optional.of(new Job.Data(
                        data,
                        seed,
                        Integer.parseInt(share.substring(0, Math.max(slash, 0))),
                        Integer.parseInt(share.substring(slash + 1)),
                        split));
            } catch (NumberFormatException e) {
                throw new UserError("FLAG_INVALID", "--share " + share, "write I/N such as 0/3", e);
            }
        }
        return Job.of(parsed, identity, locked, part);
    }

    private ProcessId target() {
        try {
            return ProcessId.parse(project);
        } catch (IllegalArgumentException e) {
            throw new UserError("PROJECT_INVALID", "--project " + project, "write project: and 64 digits", e);
        }
    }

    /** Tells people, and ends the worker with its project. */
    private record Ending(CompletableFuture<String> over) implements Work.Listener {
        private static final Work.Listener CONSOLE = new Console(System.out);

        @Override
        public void joined(ProcessId project, String name) {
            CONSOLE.joined(project, name);
        }

        @Override
        public void ended(ProcessId project, RoundSummary round) {
            CONSOLE.ended(project, round);
        }

        /** A paused project may go on. */
        @Override
        public void stopped(ProcessId project, String why) {
            CONSOLE.stopped(project, why);
            if (why.isEmpty()) {
                over.complete("");
            }
        }

        @Override
        public void failed(ProcessId project, Throwable cause) {
            over.complete(String.valueOf(cause.getMessage()));
        }
    }
}

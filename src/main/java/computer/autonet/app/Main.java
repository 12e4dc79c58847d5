package computer.autonet.app;

import computer.autonet.adapter.data.BuiltInImages;
import computer.autonet.adapter.keystore.Pkcs12KeyFiles;
import computer.autonet.adapter.training.PyTorchTrainer;
import computer.autonet.app.bench.BenchCommand;
import computer.autonet.app.demo.DemoCommand;
import computer.autonet.cli.ClientCommands;
import computer.autonet.cli.Equipment;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's entry: every command of {@code ./autonet} that needs Java. */
@Command(
        name = "autonet",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "A network whose parties need not trust one another to train, check, pay for and serve AI models.",
        subcommands = {
            DemoCommand.class,
            TestCommand.class,
            BenchCommand.class,
            NetworkCommand.class,
            CassandraCommand.class,
            ChainCommand.class,
            WorkerCommand.class
        })
public final class Main {
    private static final int OUR_FAULT = 1;
    private static final int THEIR_FAULT = 2;

    private Main() {}

    public static void main(String[] arguments) {
        int status = OUR_FAULT;
        try {
            status = run(arguments);
        } catch (Error e) {
            System.err.println("INTERNAL: " + e + "; this is a fault of the program or of its machine, see the trace");
            e.printStackTrace();
        } finally {
            // Whatever happened: the threads of a node would keep the program alive without it.
            System.exit(status);
        }
    }

    static int run(String... arguments) {
        return line().execute(arguments);
    }

    /** All commands. */
    static CommandLine line() {
        var line = ClientCommands.mount(
                new CommandLine(new Main()).addSubcommand(NodeCommand.line()),
                Equipment.of(
                        new Pkcs12KeyFiles(),
                        () -> new PyTorchTrainer(PyTorchTrainer.defaultCache()),
                        new BuiltInImages()));
        CommandLine.IExecutionExceptionHandler others = line.getExecutionExceptionHandler();
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof UserError) {
                command.getErr().println(failure.getMessage());
                return THEIR_FAULT;
            }
            return others.handleExecutionException(failure, command, parsed);
        });
        return line;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"autonet " + (version == null ? "(not from a jar)" : version)};
        }
    }
}

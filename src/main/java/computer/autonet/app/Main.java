package computer.autonet.app;

import computer.autonet.app.bench.BenchCommand;
import computer.autonet.app.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's entry: every command of {@code ./autonet} that needs Java. */
@Command(
        name = "autonet",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "A network whose parties need not trust one another to train, check, pay for and serve AI models.",
        subcommands = {BenchCommand.class, DemoCommand.class})
public final class Main {
    private static final int OUR_FAULT = 1;
    private static final int THEIR_FAULT = 2;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        var line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof UserError) {
                command.getErr().println(failure.getMessage());
                return THEIR_FAULT;
            }
            command.getErr().println("INTERNAL: " + failure + "; run again with AUTONET_TRACE=1 for the details");
            if (System.getenv("AUTONET_TRACE") != null) {
                failure.printStackTrace(command.getErr());
            }
            return OUR_FAULT;
        });
        return line.execute(arguments);
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

package computer.autonet.cli;

import computer.autonet.audit.ExportException;
import computer.autonet.client.Failures;
import computer.autonet.client.RefusedException;
import computer.autonet.client.UnreachableException;
import computer.autonet.port.KeysException;
import computer.autonet.port.TrainingException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever ends a command into one line {@code CODE: what; remedy} on stderr and an exit status (CLI-02). */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ParameterException misuse) {
            return handleParseException(misuse, new String[0]);
        }
        Throwable cause = Failures.cause(failure);
        PrintWriter err = command.getErr();
        if (cause instanceof CliException ended) {
            err.println(ended.getMessage());
            return ended.exit();
        }
        if (cause instanceof RefusedException || cause instanceof KeysException || cause instanceof TrainingException) {
            err.println(cause.getMessage());
            return CliException.USERS;
        }
        if (cause instanceof ExportException) {
            err.println("EXPORT_UNUSABLE: " + cause.getMessage());
            return CliException.USERS;
        }
        if (cause instanceof UnreachableException) {
            err.println("UNAVAILABLE: " + cause.getMessage() + "; try again, or ask another node with --gateway");
            return CliException.OURS;
        }
        err.println("INTERNAL: " + cause + "; this is a fault of the program, please report it with this trace");
        cause.printStackTrace(err);
        return CliException.OURS;
    }

    @Override
    public int handleParseException(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        command.getErr().println("USAGE: " + misuse.getMessage() + "; see " + called(command) + " --help");
        return CliException.USERS;
    }

    /** The command as the user would type it again. */
    private static String called(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        int space = name.indexOf(' ');
        return Program.called() + (space < 0 ? "" : name.substring(space));
    }
}

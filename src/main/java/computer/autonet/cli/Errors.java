package computer.autonet.cli;

import computer.autonet.audit.ExportException;
import computer.autonet.client.Failures;
import computer.autonet.client.RefusedException;
import computer.autonet.client.UnreachableException;
import computer.autonet.port.KeysException;
import computer.autonet.port.TrainingException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
        if (cause instanceof RefusedException refused && refused.code().equals("UNKNOWN_METHOD")) {
            err.println(
                    "NO_GATEWAY: what answers there is no gateway; name one with --gateway HOST:PORT, which a node tells"
                            + " when it starts");
            return CliException.USERS;
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
        Throwable fault = cause instanceof UncheckedIOException ? cause.getCause() : cause;
        if (fault instanceof FileSystemException file) {
            err.println("FILE_UNUSABLE: " + what(file)
                    + "; see that the folder is there, may be written and has room, or name another");
            return CliException.USERS;
        }
        err.println("INTERNAL: " + cause + "; this is a fault of the program, please report it with this trace");
        cause.printStackTrace(err);
        return CliException.OURS;
    }

    /** Java gives some of these as nothing but the file's name. */
    private static String what(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access to " + failure.getFile() + " is denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no " + failure.getFile();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return failure.getFile() + " is in the way";
        }
        return String.valueOf(failure.getMessage());
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

package computer.autonet.cli;

import java.util.List;
import picocli.CommandLine;

/** The commands of a user of the network, for the program that mounts them beside its own. */
public final class ClientCommands {
    private ClientCommands() {}

    /** The command objects: key, account, mandate, project, task, model, infer, export, verify. */
    public static List<Object> commands(Equipment equipment) {
        return List.of(
                new KeyCommands(equipment),
                new AccountCommands(equipment),
                new MandateCommands(equipment),
                new ProjectCommands(equipment),
                new TaskCommands(equipment),
                new ModelCommands(equipment),
                new InferCommand(equipment),
                new ExportCommand(equipment),
                new VerifyCommand());
    }

    /**
     * Mounts them below {@code root}, and gives all that stands there one shape of help, our errors and exit codes (CLI-01,
     * CLI-02).
     *
     * @return root
     */
    public static CommandLine mount(CommandLine root, Equipment equipment) {
        for (Object command : commands(equipment)) {
            root.addSubcommand(command);
        }
        HelpLayout.apply(root);
        var errors = new Errors();
        return root.setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}

package computer.autonet.cli;

import computer.autonet.audit.Exporter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autonet export}: every log of a network, and the blobs that they name, as a folder. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write every log of the network, and the blobs that they name, to a new folder.",
        footer = "Example: autonet export --out audit && autonet verify audit")
final class ExportCommand implements Callable<Integer> {
    private final Equipment equipment;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    GatewayOptions gateway = new GatewayOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A folder that holds nothing yet.")
    Path out = Path.of("");

    ExportCommand(Equipment equipment) {
        this.equipment = equipment;
    }

    @Override
    public Integer call() {
        try (Session session = gateway.open(equipment.connector())) {
            var exported = new Exporter(new GatewayLogSource(session), output::progress).write(out);
            output.print(new Report()
                    .with("folder", exported.path())
                    .with("processes", exported.processes())
                    .with("entries", exported.entries())
                    .with("messages", exported.messages())
                    .with("blobs", exported.blobs())
                    .with("absent blobs", exported.absent()));
        }
        return 0;
    }
}

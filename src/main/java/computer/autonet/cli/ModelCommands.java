package computer.autonet.cli;

import computer.autonet.base.BlobId;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.v1.GetModelRequest;
import computer.autonet.v1.ListModelsRequest;
import computer.autonet.v1.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autonet model}: what projects have published. */
@Command(name = "model", mixinStandardHelpOptions = true, description = "List and fetch published models.")
final class ModelCommands implements Runnable {
    private final Equipment equipment;

    @Spec
    CommandSpec spec;

    ModelCommands(Equipment equipment) {
        this.equipment = equipment;
        this.spec = CommandSpec.create();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list or get");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the models that a project has published.",
            footer = "Example: autonet model list HEX")
    int list(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Parameters(paramLabel = "PROJECT", description = "The project.") String project) {
        ProcessId id = Parse.process(Kind.PROJECT, project);
        try (Session session = gateway.open(equipment.connector())) {
            List<Report> rows = session
                    .await(session.gateway()
                            .listModels(ListModelsRequest.newBuilder()
                                    .setProject(Ids.toProto(id))
                                    .build()))
                    .getModelsList()
                    .stream()
                    .map(ModelCommands::report)
                    .toList();
            output.print(new Report().with("project", id).with("models", rows));
        }
        return 0;
    }

    static Report report(Model model) {
        return new Report()
                .with("round", model.getRound())
                .with("model", new BlobId(Ids.hash(model.getId())))
                .with(
                        "shape",
                        model.getRecipe().getModel() + " " + model.getRecipe().getRows() + "x"
                                + model.getRecipe().getCols() + " -> "
                                + model.getRecipe().getClasses());
    }

    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = {
                "Fetch a published model's parameters; its hash is checked.",
                "The file is in canonical form: docs/spec/learning.md."
            },
            footer = "Example: autonet model get HEX --round 3 --out model.bin")
    int get(
            @Mixin OutputOptions output,
            @Mixin GatewayOptions gateway,
            @Parameters(paramLabel = "PROJECT", description = "The project.") String project,
            @Option(
                            names = "--round",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "0, the default, is the latest.")
                    int round,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write it.")
                    Path out) {
        ProcessId id = Parse.process(Kind.PROJECT, project);
        try (Session session = gateway.open(equipment.connector())) {
            Model model = session.await(session.gateway()
                            .getModel(GetModelRequest.newBuilder()
                                    .setProject(Ids.toProto(id))
                                    .setRound(round)
                                    .build()))
                    .getModel();
            BlobId blob = new BlobId(Ids.hash(model.getId()));
            byte[] content = session.await(session.client().getBlob(blob));
            try {
                Files.write(out, content);
            } catch (IOException e) {
                throw CliException.users(
                        "FILE_NOT_WRITTEN", out + " cannot be written (" + e + ")", "choose another --out");
            }
            output.print(report(model).with("bytes", content.length).with("file", out));
        }
        return 0;
    }
}

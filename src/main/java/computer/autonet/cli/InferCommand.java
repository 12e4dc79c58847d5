package computer.autonet.cli;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.v1.InferRequest;
import computer.autonet.v1.InferResponse;
import computer.autonet.v1.Prediction;
import computer.autonet.v1.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autonet infer}: asks a published model about inputs. */
@Command(
        name = "infer",
        mixinStandardHelpOptions = true,
        description = "Ask a project's published model about inputs.",
        footer = {
            "Example: autonet infer --project HEX --input digits:0-9",
            "         autonet infer --project HEX --input images.csv",
            "An input is one row of values from 0 to 1: a line of CSV, or an inner array of JSON."
        })
final class InferCommand implements Callable<Integer> {
    private final Equipment equipment;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    GatewayOptions gateway = new GatewayOptions();

    @Option(names = "--project", required = true, paramLabel = "ID", description = "Whose model.")
    String project = "";

    @Option(
            names = "--round",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the model; 0, the default, is the latest.")
    int round;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE|-|SET:INDEX",
            description = "A file, standard input, or images of digits or fashion.")
    String input = "";

    InferCommand(Equipment equipment) {
        this.equipment = equipment;
    }

    @Override
    public Integer call() {
        ProcessId id = Parse.process(Kind.PROJECT, project);
        Samples samples = Samples.read(input, System.in, equipment.images());
        try (Session session = gateway.open(equipment.connector())) {
            var recipe = ProjectCommands.founded(session, id).terms().recipe();
            samples.mustFit(recipe.rows() * recipe.cols());
            var request = InferRequest.newBuilder().setProject(Ids.toProto(id)).setRound(round);
            for (float[] row : samples.values()) {
                var sample = Sample.newBuilder();
                for (float value : row) {
                    sample.addValues(value);
                }
                request.addInputs(sample);
            }
            output.print(report(samples, session.await(session.gateway().infer(request.build()))));
        }
        return 0;
    }

    private Report report(Samples samples, InferResponse response) {
        List<Report> rows = new ArrayList<>();
        int right = 0;
        for (int i = 0; i < response.getPredictionsCount(); i++) {
            Prediction prediction = response.getPredictions(i);
            Report row = new Report()
                    .with("input", i)
                    .with("class", prediction.getLabel())
                    .with(
                            "probability",
                            String.format(Locale.ROOT, "%.4f", prediction.getProbabilities(prediction.getLabel())));
            if (!samples.labels().isEmpty()) {
                row.with("truth", samples.labels().get(i));
                right += samples.labels().get(i) == prediction.getLabel() ? 1 : 0;
            }
            rows.add(output.json ? row.with("probabilities", (Object) prediction.getProbabilitiesList()) : row);
        }
        Report report = ModelCommands.report(response.getModel());
        if (!samples.labels().isEmpty()) {
            report.with("right", right + " of " + rows.size());
        }
        return report.with("predictions", rows);
    }
}

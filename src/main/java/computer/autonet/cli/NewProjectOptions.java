package computer.autonet.cli;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.port.Examples;
import computer.autonet.port.ImageSets;
import computer.autonet.port.ModelSpec;
import computer.autonet.protocol.project.PhaseTimes;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.project.Recipe;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The terms of a new project. */
@Topic("Project")
final class NewProjectOptions {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})x(\\d{1,4})x(\\d{1,4})");
    private static final long MILLIS = 1_000;

    @Option(names = "--name", paramLabel = "TEXT", required = true, description = "For people.")
    String name = "";

    @Option(
            names = "--model",
            paramLabel = "mlp|cnn",
            defaultValue = "mlp",
            description = "mlp or cnn; default: ${DEFAULT-VALUE}.")
    String model = "mlp";

    @Option(
            names = "--dataset",
            paramLabel = "SET",
            defaultValue = "digits",
            description = "digits, fashion, or ROWSxCOLSxCLASSES of the images; default: ${DEFAULT-VALUE}.")
    String dataset = "digits";

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Models to publish; default: ${DEFAULT-VALUE}.")
    int rounds;

    @Option(
            names = "--reward",
            paramLabel = "ATN",
            defaultValue = "100",
            description = "What each round pays; default: ${DEFAULT-VALUE}.")
    String reward = "100";

    @Option(
            names = "--solvers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Drawn per round; default: ${DEFAULT-VALUE}.")
    int solvers;

    @Option(
            names = "--coordinators",
            paramLabel = "N",
            defaultValue = "3",
            description = "Drawn per committee; default: ${DEFAULT-VALUE}.")
    int coordinators;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often a round may fail before the project pauses; default: ${DEFAULT-VALUE}.")
    int attempts;

    @Option(
            names = "--phase-seconds",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long each phase waits for the silent; default: ${DEFAULT-VALUE}.")
    double phaseSeconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the initial model; default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Optimiser steps per round; default: the model's standard.")
    @Nullable
    Integer steps;

    @Option(names = "--batch", paramLabel = "N", description = "Examples per step; default: the model's standard.")
    @Nullable
    Integer batch;

    @Option(
            names = "--learning-rate-micros",
            paramLabel = "N",
            description = "In millionths; default: the model's standard.")
    @Nullable
    Integer learningRateMicros;

    @Option(names = "--fund", paramLabel = "ATN", description = "Also send this to the escrow.")
    @Nullable
    String fund;

    Amount funds() {
        return fund == null ? Amount.ZERO : Parse.amount(fund);
    }

    ModelSpec spec(ImageSets images) {
        ModelSpec.Architecture architecture = ModelSpec.Architecture.ofLabel(model);
        Optional<Examples> known = images.test(dataset);
        if (known.isPresent()) {
            Examples set = known.get();
            return new ModelSpec(architecture, set.rows(), set.cols(), set.classes());
        }
        Matcher shape = SHAPE.matcher(dataset);
        if (!shape.matches()) {
            throw CliException.users(
                    "DATASET_UNKNOWN",
                    "'" + dataset + "' is neither a set nor a shape",
                    "write digits, fashion, or ROWSxCOLSxCLASSES such as 28x28x10");
        }
        return new ModelSpec(
                architecture,
                Integer.parseInt(shape.group(1)),
                Integer.parseInt(shape.group(2)),
                Integer.parseInt(shape.group(3)));
    }

    ProjectTerms terms(ModelSpec spec, BlobId initialModel) {
        var standard = computer.autonet.port.Recipe.standard(spec, seed);
        var recipe = new Recipe(
                model,
                spec.rows(),
                spec.cols(),
                spec.classes(),
                seed,
                steps == null ? standard.steps() : steps,
                batch == null ? standard.batch() : batch,
                learningRateMicros == null ? standard.learningRateMicros() : learningRateMicros);
        long phase = Math.round(phaseSeconds * MILLIS);
        Amount perRound = Parse.amount(reward);
        return new ProjectTerms(
                name,
                recipe,
                initialModel,
                rounds,
                perRound,
                solvers,
                coordinators,
                attempts,
                new PhaseTimes(phase, phase, phase, phase, phase, phase));
    }
}

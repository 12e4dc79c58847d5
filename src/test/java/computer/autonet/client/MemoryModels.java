package computer.autonet.client;

import computer.autonet.v1.GetModelRequest;
import computer.autonet.v1.GetModelResponse;
import computer.autonet.v1.InferRequest;
import computer.autonet.v1.InferResponse;
import computer.autonet.v1.ListModelsRequest;
import computer.autonet.v1.ListModelsResponse;
import computer.autonet.v1.Model;
import computer.autonet.v1.Prediction;
import computer.autonet.v1.ProcessId;
import computer.autonet.v1.Sample;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.grpc.GrpcServiceException;

/** The published models of a network in memory; a test stands for the rounds that would publish them. */
final class MemoryModels {
    private final List<Model> models = new ArrayList<>();

    void publish(Model model) {
        models.add(model);
    }

    private CompletionStage<Model> model(ProcessId project, int round) {
        return models.stream()
                .filter(model -> model.getProject().equals(project) && (round == 0 || model.getRound() == round))
                .reduce((first, second) -> second)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new GrpcServiceException(Status.NOT_FOUND.withDescription("no such model"))));
    }

    CompletionStage<GetModelResponse> get(GetModelRequest in) {
        return model(in.getProject(), in.getRound())
                .thenApply(
                        model -> GetModelResponse.newBuilder().setModel(model).build());
    }

    CompletionStage<ListModelsResponse> list(ListModelsRequest in) {
        return CompletableFuture.completedFuture(ListModelsResponse.newBuilder()
                .addAllModels(models.stream()
                        .filter(model -> model.getProject().equals(in.getProject()))
                        .toList())
                .build());
    }

    /** The answer of this network's only "model": the class is the place of the brightest of the first ten values. */
    CompletionStage<InferResponse> infer(InferRequest in) {
        var response = InferResponse.newBuilder();
        for (Sample sample : in.getInputsList()) {
            int brightest = 0;
            for (int i = 1; i < 10; i++) {
                brightest = sample.getValues(i) > sample.getValues(brightest) ? i : brightest;
            }
            var prediction = Prediction.newBuilder().setLabel(brightest);
            for (int i = 0; i < 10; i++) {
                prediction.addProbabilities(i == brightest ? 0.91f : 0.01f);
            }
            response.addPredictions(prediction);
        }
        return model(in.getProject(), in.getRound())
                .thenApply(model -> response.setModel(model).build());
    }
}

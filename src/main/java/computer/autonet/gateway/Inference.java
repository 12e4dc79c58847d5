package computer.autonet.gateway;

import computer.autonet.base.BlobId;
import computer.autonet.codec.Ids;
import computer.autonet.port.Blobs;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Trainer;
import computer.autonet.protocol.learning.MalformedParameters;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.process.Code;
import computer.autonet.v1.InferRequest;
import computer.autonet.v1.InferResponse;
import computer.autonet.v1.Model;
import computer.autonet.v1.Prediction;
import computer.autonet.v1.Recipe;
import computer.autonet.v1.Sample;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Answers batches of inputs with published models (GATE-11). */
final class Inference {
    /** GATE-11: a batch that a gRPC message of 8 MiB carries, and that holds training up only for a moment. */
    static final int MAX_BATCH = 1_024;

    /**
     * GATE-11: values under way on a node, since batches wait for the one training thread: 64 MiB as they came and as many as
     * the trainer takes them. Eight of the largest batches, or a thousand of small images.
     */
    static final int MAX_VALUES = 16 << 20;

    /** Decoded models kept; each has a few megabytes. */
    static final int MAX_MODELS = 8;

    /** Bytes of a parameter file before the first value. */
    private static final int HEADER = 12;

    private final Models models;
    private final Blobs blobs;
    private final Trainer trainer;
    private final Semaphore values = new Semaphore(MAX_VALUES);
    private final Map<BlobId, float[]> decoded = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BlobId, float[]> eldest) {
            return size() > MAX_MODELS;
        }
    };

    Inference(Models models, Blobs blobs, Trainer trainer) {
        this.models = models;
        this.blobs = blobs;
        this.trainer = trainer;
    }

    CompletionStage<InferResponse> infer(InferRequest request) {
        if (request.getInputsCount() < 1 || request.getInputsCount() > MAX_BATCH) {
            throw Problem.of(
                    Code.INVALID_ARGUMENT,
                    "the request has " + request.getInputsCount() + " inputs",
                    "send 1 to " + MAX_BATCH + " inputs; split a larger batch");
        }
        int size = request.getInputsList().stream()
                .mapToInt(Sample::getValuesCount)
                .sum();
        if (!values.tryAcquire(size)) {
            throw Problem.of(
                    Code.FULL,
                    "inputs of " + MAX_VALUES + " values are under way on this node",
                    "repeat the request in a second, or ask another node");
        }
        CompletionStage<InferResponse> answer;
        try {
            answer = answer(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete((response, failure) -> values.release(size));
    }

    private CompletionStage<InferResponse> answer(InferRequest request) {
        return models.find(request.getProject(), request.getRound()).thenCompose(model -> {
            ModelSpec spec = spec(model.getRecipe());
            float[][] inputs = inputs(spec, request.getInputsList());
            return parameters(new BlobId(Ids.hash(model.getId())), spec)
                    .thenCompose(parameters -> trainer.predict(spec, parameters, inputs))
                    .thenApply(predicted -> response(model, predicted));
        });
    }

    private static ModelSpec spec(Recipe recipe) {
        return new ModelSpec(
                ModelSpec.Architecture.ofLabel(recipe.getModel()),
                recipe.getRows(),
                recipe.getCols(),
                recipe.getClasses());
    }

    private static float[][] inputs(ModelSpec spec, List<Sample> samples) {
        float[][] inputs = new float[samples.size()][spec.pixels()];
        for (int i = 0; i < inputs.length; i++) {
            Sample sample = samples.get(i);
            if (sample.getValuesCount() != spec.pixels()) {
                throw Problem.of(
                        Code.INVALID_ARGUMENT,
                        "input " + i + " has " + sample.getValuesCount() + " values",
                        "send " + spec.pixels() + " values, row by row, for " + spec);
            }
            for (int k = 0; k < spec.pixels(); k++) {
                float value = sample.getValues(k);
                if (!(value >= 0 && value <= 1)) {
                    throw Problem.of(
                            Code.INVALID_ARGUMENT,
                            "value " + k + " of input " + i + " is " + value,
                            "scale every value to 0 to 1");
                }
                inputs[i][k] = value;
            }
        }
        return inputs;
    }

    private CompletionStage<float[]> parameters(BlobId id, ModelSpec spec) {
        int count = trainer.parameterCount(spec);
        synchronized (decoded) {
            float[] known = decoded.get(id);
            if (known != null && known.length == count) {
                return CompletableFuture.completedFuture(known);
            }
        }
        return blobs.bytes(id, HEADER + count * Float.BYTES).thenApply(bytes -> {
            float[] values = decode(id, bytes, spec, count);
            synchronized (decoded) {
                decoded.put(id, values);
            }
            return values;
        });
    }

    private static float[] decode(BlobId id, byte[] bytes, ModelSpec spec, int count) {
        String problem;
        try {
            Parameters parameters = Parameters.decode(bytes);
            if (parameters.count() == count) {
                return parameters.toArray();
            }
            problem = "it has " + parameters.count() + " parameters, " + spec + " has " + count;
        } catch (MalformedParameters e) {
            problem = String.valueOf(e.getMessage());
        }
        throw Problem.of(
                Status.Code.FAILED_PRECONDITION,
                "MODEL_UNUSABLE",
                "blob " + id + " is no model of this project: " + problem,
                "ask for another round");
    }

    private static InferResponse response(Model model, Trainer.Predicted predicted) {
        List<Prediction> predictions = new ArrayList<>(predicted.classes().length);
        for (int i = 0; i < predicted.classes().length; i++) {
            var prediction = Prediction.newBuilder().setLabel(predicted.classes()[i]);
            for (float probability : predicted.probabilities()[i]) {
                prediction.addProbabilities(probability);
            }
            predictions.add(prediction.build());
        }
        return InferResponse.newBuilder()
                .setModel(model)
                .addAllPredictions(predictions)
                .build();
    }
}

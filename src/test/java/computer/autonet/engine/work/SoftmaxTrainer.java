package computer.autonet.engine.work;

import computer.autonet.base.Hash;
import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import computer.autonet.port.TrainingException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A trainer in plain Java: softmax regression by gradient descent, the same bits everywhere. */
final class SoftmaxTrainer implements Trainer {
    final AtomicInteger trainings = new AtomicInteger();

    @Override
    public int parameterCount(ModelSpec model) {
        return (model.pixels() + 1) * model.classes();
    }

    @Override
    public float[] initial(ModelSpec model, long seed) {
        return new float[parameterCount(model)];
    }

    private static double[] probabilities(ModelSpec model, float[] parameters, float[] image) {
        double[] p = new double[model.classes()];
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            int at = c * (model.pixels() + 1);
            double logit = parameters[at + model.pixels()];
            for (int i = 0; i < image.length; i++) {
                logit += parameters[at + i] * image[i];
            }
            p[c] = StrictMath.exp(Math.max(-50, Math.min(50, logit)));
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] /= sum;
        }
        return p;
    }

    @Override
    public CompletionStage<Trained> train(Recipe recipe, float[] base, Examples examples, Watcher watcher) {
        trainings.incrementAndGet();
        return CompletableFuture.supplyAsync(() -> {
            float[] parameters = base.clone();
            ModelSpec model = recipe.model();
            var order = new SplittableRandom(recipe.seed());
            float[] image = new float[model.pixels()];
            for (int step = 1; step <= recipe.steps(); step++) {
                double loss = 0;
                float[] gradient = new float[parameters.length];
                for (int b = 0; b < recipe.batch(); b++) {
                    int example = order.nextInt(examples.count());
                    examples.copyImage(example, image, 0);
                    double[] p = probabilities(model, parameters, image);
                    loss -= StrictMath.log(p[examples.label(example)]) / recipe.batch();
                    for (int c = 0; c < p.length; c++) {
                        float error = (float) (p[c] - (c == examples.label(example) ? 1 : 0)) / recipe.batch();
                        int at = c * (model.pixels() + 1);
                        for (int i = 0; i < image.length; i++) {
                            gradient[at + i] += error * image[i];
                        }
                        gradient[at + image.length] += error;
                    }
                }
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] -= recipe.learningRateMicros() / 1e6f * gradient[i];
                }
                if (!watcher.reached(step, recipe.steps(), loss)) {
                    throw new TrainingException(TrainingException.Reason.CANCELLED, "stopped", "start again");
                }
            }
            return new Trained(parameters, Hash.digest(Arrays.toString(parameters)));
        });
    }

    @Override
    public CompletionStage<Measured> measure(ModelSpec model, float[] parameters, Examples examples) {
        return CompletableFuture.supplyAsync(() -> {
            byte[] predicted = new byte[examples.count()];
            float[] image = new float[model.pixels()];
            double loss = 0;
            int right = 0;
            for (int e = 0; e < predicted.length; e++) {
                examples.copyImage(e, image, 0);
                double[] p = probabilities(model, parameters, image);
                int best = 0;
                for (int c = 1; c < p.length; c++) {
                    best = p[c] > p[best] ? c : best;
                }
                predicted[e] = (byte) best;
                right += best == examples.label(e) ? 1 : 0;
                loss -= StrictMath.log(Math.max(1e-30, p[examples.label(e)]));
            }
            return new Measured(loss / predicted.length, (double) right / predicted.length, predicted);
        });
    }

    @Override
    public CompletionStage<Predicted> predict(ModelSpec model, float[] parameters, float[][] inputs) {
        throw new UnsupportedOperationException("no participant infers");
    }

    @Override
    public CompletionStage<Void> warmUp() {
        return CompletableFuture.completedFuture(null);
    }
}

package computer.autonet.adapter.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import computer.autonet.adapter.data.DataSets;
import computer.autonet.adapter.data.Partition;
import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.port.Examples;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.ModelSpec.Architecture;
import computer.autonet.port.Recipe;
import computer.autonet.port.Trainer;
import computer.autonet.port.TrainingException;
import computer.autonet.port.TrainingException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PyTorchTrainerTest {
    private static final ModelSpec MLP = new ModelSpec(Architecture.MLP, 8, 8, 10);
    private static final ModelSpec CNN = new ModelSpec(Architecture.CNN, 8, 8, 10);

    private final Trainer trainer = new PyTorchTrainer(PyTorchTrainer.defaultCache());
    private final Partition partition = Partition.of(DataSets.digits(), 1);

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static TrainingException refusal(CompletionStage<?> stage) {
        Throwable cause = catchThrowableOfType(CompletionException.class, () -> await(stage))
                .getCause();
        assertThat(cause).isInstanceOf(TrainingException.class);
        return (TrainingException) Objects.requireNonNull(cause);
    }

    /** TRAIN-01: sizes that other programs rely on. */
    @Test
    void theNumberOfParametersIsFixed() {
        assertThat(trainer.parameterCount(MLP)).isEqualTo(64 * 256 + 256 + 256 * 10 + 10);
        assertThat(trainer.parameterCount(new ModelSpec(Architecture.CNN, 14, 14, 10)))
                .isEqualTo(16 * 9 + 16 + 32 * 16 * 9 + 32 + 32 * 9 * 64 + 64 + 64 * 10 + 10);
    }

    /** TRAIN-04. */
    @Test
    void initialParametersFollowTheSeedAlone() {
        float[] one = trainer.initial(MLP, 1);

        assertThat(one).isEqualTo(trainer.initial(MLP, 1)).isNotEqualTo(trainer.initial(MLP, 2));
        double limit = Math.sqrt(6.0 / 64);
        for (int i = 0; i < 64 * 256; i++) {
            assertThat((double) one[i]).isBetween(-limit, limit);
        }
        assertThat(Arrays.copyOfRange(one, 64 * 256, 64 * 256 + 256)).containsOnly(0);
    }

    @Test
    void trainingLearnsBothArchitecturesAndLeavesTheBaseAlone() {
        for (ModelSpec model : List.of(MLP, CNN)) {
            float[] base = trainer.initial(model, 1);
            float[] kept = base.clone();
            Trainer.Trained trained =
                    await(trainer.train(new Recipe(model, 1, 300, 32, 2000), base, partition.central()));

            assertThat(base).isEqualTo(kept);
            assertThat(await(trainer.measure(model, base, partition.test())).accuracy())
                    .isLessThan(0.4);
            assertThat(await(trainer.measure(model, trained.parameters(), partition.test()))
                            .accuracy())
                    .isGreaterThan(0.9);
        }
    }

    /** TRAIN-02, TRAIN-05, TRAIN-06: each part of a recipe matters, and the trace shows it. */
    @Test
    void aChangedRecipeChangesTheOutcomeAndTheTrace() {
        float[] base = trainer.initial(MLP, 1);
        var recipe = new Recipe(MLP, 1, 40, 16, 1000);
        Trainer.Trained first = await(trainer.train(recipe, base, partition.central()));
        for (Recipe other : List.of(
                recipe.withSeed(2),
                recipe.withSteps(41),
                new Recipe(MLP, 1, 40, 17, 1000),
                new Recipe(MLP, 1, 40, 16, 1001))) {
            Trainer.Trained second = await(trainer.train(other, base, partition.central()));
            assertThat(second.parameters()).isNotEqualTo(first.parameters());
            assertThat(second.trace()).isNotEqualTo(first.trace());
        }
    }

    /** TRAIN-07: the loss agrees with the probabilities, and with the classes. */
    @Test
    void measuringAndPredictingAgree() {
        Examples truth = partition.truth(0);
        float[] parameters = trainer.initial(CNN, 5);
        float[][] inputs = new float[truth.count()][64];
        for (int i = 0; i < inputs.length; i++) {
            truth.copyImage(i, inputs[i], 0);
        }
        Trainer.Measured measured = await(trainer.measure(CNN, parameters, truth));
        Trainer.Predicted predicted = await(trainer.predict(CNN, parameters, inputs));

        double loss = 0;
        for (int i = 0; i < inputs.length; i++) {
            loss -= Math.log(predicted.probabilities()[i][truth.label(i)]);
            assertThat((int) measured.predicted()[i]).isEqualTo(predicted.classes()[i]);
        }
        assertThat(measured.loss()).isCloseTo(loss / inputs.length, within(1e-5));
    }

    /** TRAIN-07: hostile weights cost at most 64 nats an example and never give what is no number. */
    @Test
    void hostileParametersGiveAFiniteLoss() {
        for (float hostile : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE}) {
            float[] parameters = new float[trainer.parameterCount(MLP)];
            Arrays.fill(parameters, hostile);
            parameters[7] = 1;
            Trainer.Measured measured = await(trainer.measure(MLP, parameters, partition.truth(0)));
            Trainer.Predicted predicted = await(trainer.predict(MLP, parameters, new float[1][64]));

            assertThat(measured.loss()).isBetween(0.0, Softmax.MOST_LOSS);
            float sum = 0;
            for (float p : predicted.probabilities()[0]) {
                sum += p;
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void trainingThatLeavesTheFiniteNumbersIsRefused() {
        float[] base = new float[trainer.parameterCount(MLP)];
        Arrays.fill(base, Float.MAX_VALUE);

        TrainingException refusal = refusal(trainer.train(new Recipe(MLP, 1, 1, 8, 1000), base, partition.central()));
        assertThat(refusal.reason()).isEqualTo(Reason.DIVERGED);
        assertThat(refusal.remedy()).contains("learning rate");
    }

    /** TRAIN-06: one segment's trace, computed here from the form of LEARN-01. */
    @Test
    void theTraceCommitsToTheBlobIdsOfBaseAndResult() {
        float[] base = trainer.initial(MLP, 1);
        Trainer.Trained trained = await(trainer.train(new Recipe(MLP, 1, 5, 8, 1000), base, partition.central()));

        Hash expected = Commitment.tagged("autonet/trace/1")
                .with(2)
                .withAll(List.of(blobId(base), blobId(trained.parameters())))
                .hash();
        assertThat(trained.trace()).isEqualTo(expected);
    }

    private static Hash blobId(float[] parameters) {
        ByteBuffer bytes = ByteBuffer.allocate(12 + 4 * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {'A', 'T', 'N', 'P', 1, 0, 0, 0}).putInt(parameters.length);
        for (float parameter : parameters) {
            bytes.putFloat(parameter);
        }
        return Hash.digest(bytes.array());
    }

    @Test
    void whatDoesNotBelongToTheModelIsRefused() {
        float[] base = trainer.initial(MLP, 1);
        var recipe = new Recipe(MLP, 1, 1, 1, 1);

        assertThat(refusal(trainer.train(recipe, new float[3], partition.central()))
                        .reason())
                .isEqualTo(Reason.PARAMETERS_MISMATCH);
        assertThat(refusal(trainer.train(recipe, base, DataSets.fashion().examples()))
                        .reason())
                .isEqualTo(Reason.EXAMPLES_MISMATCH);
        assertThat(refusal(trainer.measure(CNN, base, partition.test())).reason())
                .isEqualTo(Reason.PARAMETERS_MISMATCH);
        assertThat(refusal(trainer.predict(MLP, base, new float[0][])).reason()).isEqualTo(Reason.EXAMPLES_MISMATCH);
        assertThat(refusal(trainer.predict(MLP, base, new float[][] {new float[63]}))
                        .remedy())
                .contains("64 pixels");
        float[] broken = new float[64];
        broken[5] = Float.NaN;
        assertThat(refusal(trainer.predict(MLP, base, new float[][] {broken})).reason())
                .isEqualTo(Reason.EXAMPLES_MISMATCH);
    }

    @Test
    void aWatcherSeesProgressAndCanStop() {
        List<Integer> seen = new ArrayList<>();
        var recipe = new Recipe(MLP, 1, 70, 8, 1000);

        await(trainer.train(
                recipe, trainer.initial(MLP, 1), partition.central(), (step, steps, loss) -> seen.add(step)));
        assertThat(seen).containsExactly(32, 64, 70);

        TrainingException stopped = refusal(
                trainer.train(recipe, trainer.initial(MLP, 1), partition.central(), (step, steps, loss) -> step < 64));
        assertThat(stopped.reason()).isEqualTo(Reason.CANCELLED);
        assertThat(stopped).hasMessageContaining("step 64");
    }

    /** TRAIN-09: the queue is bounded, what does not fit is refused, and what was taken is done. */
    @Test
    void workBeyondTheQueueIsRefusedAndTheRestIsDone() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        float[] base = trainer.initial(MLP, 1);
        List<CompletableFuture<?>> taken = new ArrayList<>();
        taken.add(trainer.train(new Recipe(MLP, 1, 1, 1, 1), base, partition.central(), (step, steps, loss) -> {
                    started.countDown();
                    return released(release);
                })
                .toCompletableFuture());
        try {
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < PyTorchTrainer.QUEUE_SIZE; i++) {
                taken.add(trainer.predict(MLP, base, new float[1][64]).toCompletableFuture());
            }
            assertThat(refusal(trainer.predict(MLP, base, new float[1][64])).reason())
                    .isEqualTo(Reason.TRAINER_BUSY);
        } finally {
            release.countDown();
        }
        CompletableFuture.allOf(taken.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);
    }

    private static boolean released(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsRefusedWithTheRemedy(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "a file, not a folder");

        TrainingException refusal = catchThrowableOfType(TrainingException.class, () -> TorchEngine.load(file));
        assertThat(refusal.reason()).isEqualTo(Reason.ENGINE_UNAVAILABLE);
        assertThat(refusal.remedy()).contains(file.toString());
    }

    /** TRAIN-08: without the pins nothing is promised, and the remedy names each one. */
    @Test
    void anUnpinnedEnvironmentIsRefusedWithTheRemedy() {
        Pins.check(Pins.required());
        assertThatThrownBy(() -> Pins.check(Map.of()))
                .hasMessageContaining("ENVIRONMENT_UNPINNED")
                .hasMessageContaining("ATEN_CPU_CAPABILITY=default")
                .hasMessageContaining("OMP_NUM_THREADS=1");
        for (String name : Pins.required().keySet()) {
            Map<String, String> environment = Pins.required();
            environment.put(name, "something else");
            TrainingException refusal = catchThrowableOfType(TrainingException.class, () -> Pins.check(environment));
            assertThat(refusal.reason()).isEqualTo(Reason.ENVIRONMENT_UNPINNED);
            assertThat(refusal.remedy()).contains(name);
        }
    }
}

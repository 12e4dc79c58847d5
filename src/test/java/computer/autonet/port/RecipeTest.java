package computer.autonet.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import computer.autonet.port.ModelSpec.Architecture;
import computer.autonet.port.TrainingException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TRAIN-01 and TRAIN-02: what can be trained, and by which recipe. */
class RecipeTest {
    private static final ModelSpec MODEL = new ModelSpec(Architecture.MLP, 8, 8, 10);

    @Test
    void numbersOutOfRangeAreRefusedAndNamed() {
        for (Runnable bad : List.<Runnable>of(
                () -> new Recipe(MODEL, 1, 0, 32, 1000),
                () -> new Recipe(MODEL, 1, Recipe.MAX_STEPS + 1, 32, 1000),
                () -> new Recipe(MODEL, 1, 10, 0, 1000),
                () -> new Recipe(MODEL, 1, 10, Recipe.MAX_BATCH + 1, 1000),
                () -> new Recipe(MODEL, 1, 10, 32, 0),
                () -> new Recipe(MODEL, 1, 10, 32, 1_000_001),
                () -> new ModelSpec(Architecture.CNN, 3, 8, 10),
                () -> new ModelSpec(Architecture.CNN, 8, 65, 10),
                () -> new ModelSpec(Architecture.CNN, 8, 8, 1),
                () -> new ModelSpec(Architecture.CNN, 8, 8, 257),
                () -> Architecture.ofLabel("transformer"))) {
            TrainingException refusal = catchThrowableOfType(TrainingException.class, bad::run);
            assertThat(refusal.reason()).isEqualTo(Reason.RECIPE_INVALID);
            assertThat(refusal.remedy()).isNotBlank();
        }
        assertThatThrownBy(() -> new Recipe(MODEL, 1, -5, 32, 1000)).hasMessageContaining("steps -5");
    }

    @Test
    void everyArchitectureHasAStandardRecipeOfAHundredStepsAtMost() {
        for (Architecture architecture : Architecture.values()) {
            var recipe = Recipe.standard(new ModelSpec(architecture, 8, 8, 10), 5);
            assertThat(recipe.seed()).isEqualTo(5);
            assertThat(recipe.steps()).isLessThanOrEqualTo(100);
            assertThat(recipe.withSeed(6).withSteps(7))
                    .isEqualTo(new Recipe(recipe.model(), 6, 7, recipe.batch(), recipe.learningRateMicros()));
        }
    }

    @Test
    void labelsAreReadBack() {
        for (Architecture architecture : Architecture.values()) {
            assertThat(Architecture.ofLabel(architecture.label())).isEqualTo(architecture);
        }
    }
}

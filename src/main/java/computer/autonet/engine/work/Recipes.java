package computer.autonet.engine.work;

import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.port.ModelSpec;
import computer.autonet.port.Recipe;
import java.nio.ByteBuffer;

/** A project's recipe in a trainer's words, and back. */
public final class Recipes {
    private Recipes() {}

    /**
     * What is trained.
     *
     * @throws computer.autonet.port.TrainingException RECIPE_INVALID if no trainer here can build it
     */
    public static ModelSpec model(computer.autonet.protocol.project.Recipe recipe) {
        return new ModelSpec(
                ModelSpec.Architecture.ofLabel(recipe.model()), recipe.rows(), recipe.cols(), recipe.classes());
    }

    /** The same recipe for a trainer. */
    public static Recipe toTrainer(computer.autonet.protocol.project.Recipe recipe) {
        return new Recipe(model(recipe), recipe.seed(), recipe.steps(), recipe.batch(), recipe.learningRateMicros());
    }

    /** The same recipe for a project. */
    public static computer.autonet.protocol.project.Recipe toProject(Recipe recipe) {
        ModelSpec model = recipe.model();
        return new computer.autonet.protocol.project.Recipe(
                model.architecture().label(),
                model.rows(),
                model.cols(),
                model.classes(),
                recipe.seed(),
                recipe.steps(),
                recipe.batch(),
                recipe.learningRateMicros());
    }

    /** WORK-06: a solver's own order of its data, which it finds again after a crash. */
    static long solverSeed(long recipeSeed, ProcessId task, Identity solver) {
        Hash mixed = Commitment.tagged("autonet/order/1")
                .with(Hash.digest(Long.toString(recipeSeed)))
                .with(task.hash())
                .with(solver.address())
                .hash();
        return ByteBuffer.wrap(mixed.toArray()).getLong();
    }
}

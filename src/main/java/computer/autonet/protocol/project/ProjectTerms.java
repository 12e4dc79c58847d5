package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Refusal;
import java.util.Optional;

/**
 * What a project's owner fixes when founding it.
 *
 * @param recipe model, and the most that a proposer may ask of a solver
 * @param initialModel blob of the parameters that round 1 starts from
 * @param rounds how many models are to be published
 * @param reward what each round pays, from the project's escrow
 * @param solvers how many are drawn per round
 * @param coordinators how many are drawn per committee
 * @param attempts how often a round may come to nothing before the project pauses
 */
public record ProjectTerms(
        String name,
        Recipe recipe,
        BlobId initialModel,
        int rounds,
        Amount reward,
        int solvers,
        int coordinators,
        int attempts,
        PhaseTimes phases) {
    /** PROJ-02: bounds that keep a project's state small. */
    public static final int MAX_ROUNDS = 1_000;

    public static final int MAX_SOLVERS = 64;
    public static final int MAX_COORDINATORS = 64;
    public static final int MAX_ATTEMPTS = 100;
    public static final int MAX_NAME = 120;

    /** Why no project can run on these terms, if so. */
    public Optional<Refusal> unfit() {
        if (name.isBlank() || name.length() > MAX_NAME) {
            return no("the name has " + name.length() + " characters", "give 1 to " + MAX_NAME);
        }
        if (rounds < 1 || rounds > MAX_ROUNDS) {
            return no(rounds + " rounds", "ask for 1 to " + MAX_ROUNDS);
        }
        if (solvers < 1 || solvers > MAX_SOLVERS) {
            return no(solvers + " solvers per round", "ask for 1 to " + MAX_SOLVERS);
        }
        if (coordinators < 1 || coordinators > MAX_COORDINATORS) {
            return no(coordinators + " coordinators per committee", "ask for 1 to " + MAX_COORDINATORS);
        }
        if (attempts < 1 || attempts > MAX_ATTEMPTS) {
            return no(attempts + " attempts", "allow 1 to " + MAX_ATTEMPTS);
        }
        if (!phases.fit()) {
            return no(
                    "a phase is shorter than " + PhaseTimes.MIN_MILLIS + " ms or longer than a week",
                    "give each phase a length in between");
        }
        if (!recipe.fits()) {
            return no(
                    "the recipe names no network that anybody could train",
                    "name a model with at most " + Recipe.MAX_MODEL + " characters, an input of 1 to " + Recipe.MAX_SIDE
                            + " rows and columns, and 2 to " + Recipe.MAX_CLASSES + " classes");
        }
        if (recipe.steps() < 1 || recipe.batch() < 1 || recipe.learningRateMicros() < 1) {
            return no("the recipe trains nothing", "give positive steps, batch and learning rate");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> no(String detail, String remedy) {
        return Optional.of(new Refusal(Code.INVALID_ARGUMENT, detail, remedy));
    }
}

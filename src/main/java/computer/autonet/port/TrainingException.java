package computer.autonet.port;

/** A refusal of the training side: a stable reason, what is wrong, and what to do about it. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. The names are stable: callers and logs may rely on them. */
    public enum Reason {
        /** The recipe or model is outside what can be trained. */
        RECIPE_INVALID,
        /** Training left the finite numbers. */
        DIVERGED,
        /** The parameter vector does not belong to the model. */
        PARAMETERS_MISMATCH,
        /** The examples or inputs do not belong to the model. */
        EXAMPLES_MISMATCH,
        /** Bytes that are not examples in their canonical form. */
        EXAMPLES_MALFORMED,
        /** Too much work is waiting already. */
        TRAINER_BUSY,
        /** The caller asked to stop. */
        CANCELLED,
        /** The process was not started so that class cpu-1 can be promised. */
        ENVIRONMENT_UNPINNED,
        /** The native engine cannot be loaded or has failed. */
        ENGINE_UNAVAILABLE
    }

    private final Reason reason;
    private final String remedy;

    public TrainingException(Reason reason, String problem, String remedy) {
        super(reason + ": " + problem + "; " + remedy);
        this.reason = reason;
        this.remedy = remedy;
    }

    public TrainingException(Reason reason, String problem, String remedy, Throwable cause) {
        this(reason, problem, remedy);
        initCause(cause);
    }

    static TrainingException recipeInvalid(String problem, String remedy) {
        return new TrainingException(Reason.RECIPE_INVALID, problem, remedy);
    }

    public Reason reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }
}

package computer.autonet.adapter.data;

/** A refusal of the data side: a stable reason, what is wrong, and what to do about it. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. The names are stable: callers and logs may rely on them. */
    public enum Reason {
        /** No such data set or file. */
        DATASET_NOT_FOUND,
        /** A file that is not what its name says. */
        DATASET_MALFORMED,
        /** Fewer images than a division needs. */
        DATASET_TOO_SMALL,
        /** A split that is not of the known form. */
        SPLIT_INVALID,
        /** More rounds than there is fresh truth for. */
        ROUNDS_EXCEED_TRUTH
    }

    private final Reason reason;
    private final String remedy;

    public DataException(Reason reason, String problem, String remedy) {
        super(reason + ": " + problem + "; " + remedy);
        this.reason = reason;
        this.remedy = remedy;
    }

    DataException(Reason reason, String problem, String remedy, Throwable cause) {
        this(reason, problem, remedy);
        initCause(cause);
    }

    public Reason reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }
}

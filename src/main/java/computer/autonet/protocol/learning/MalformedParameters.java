package computer.autonet.protocol.learning;

/** Says why bytes or numbers are no model parameters (LEARN-02). */
public final class MalformedParameters extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** A stable code. */
    public enum Reason {
        MAGIC,
        VERSION,
        LENGTH,
        TOO_MANY,
        NOT_FINITE
    }

    private final Reason reason;

    MalformedParameters(Reason reason, String what) {
        super(reason + ": " + what);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

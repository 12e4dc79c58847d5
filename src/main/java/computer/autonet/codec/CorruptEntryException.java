package computer.autonet.codec;

/** A stored entry that is not what it was when it was sealed, or that this program cannot read. */
public final class CorruptEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CorruptEntryException(String message) {
        super(message);
    }

    public CorruptEntryException(String message, Throwable cause) {
        super(message, cause);
    }
}

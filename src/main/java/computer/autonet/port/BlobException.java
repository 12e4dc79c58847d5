package computer.autonet.port;

import java.io.IOException;

/** Why a blob was not stored or not read, and what to do about it. */
public final class BlobException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The stable code of a refusal. */
    public enum Reason {
        /** More bytes than the store takes for one blob. */
        TOO_LARGE,
        /** No such blob here. */
        ABSENT,
        /** The stored bytes are not those of the id; they were set aside. */
        DAMAGED,
        /** Too many requests wait for the disk. */
        BUSY,
        /** Stored here, and on no second disk although the network has more than one node. */
        ONE_COPY,
        /** The disk, or the giver of the bytes, failed. */
        FAILED
    }

    private final Reason reason;

    public BlobException(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    public BlobException(Reason reason, String message, Throwable cause) {
        super(reason + ": " + message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

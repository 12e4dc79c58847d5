package computer.autonet.adapter.journal;

import java.io.IOException;

/** The reason why a journal was not opened, written or read, and what to do about it. */
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The stable code of a refusal. */
    public enum Reason {
        /** Another process, or another actor system of this one, has the directory. */
        IN_USE,
        /** It holds the processes of another network. */
        OTHER_NETWORK,
        /** Bytes on disk do not match their checksums, before the torn end of an unacknowledged write. */
        DAMAGED,
        /** The event's number is not above the highest one of its persistence id: two writers. */
        CONFLICT,
        /** The journal was closed, or the disk refused. */
        UNAVAILABLE
    }

    private final Reason reason;

    JournalException(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    JournalException(Reason reason, String message, Throwable cause) {
        super(reason + ": " + message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package computer.autonet.process;

import computer.autonet.base.ProcessId;

/** No answer came in time, or the journal failed. Whether a message was recorded is open; submitting it again tells. */
public final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unanswered(ProcessId process, Throwable last) {
        super(process + " did not answer: ask again; a message that was recorded returns its receipt", last);
    }

    /** Of a read past the processes. */
    Unanswered(Throwable last) {
        super("the journal did not answer: ask again", last);
    }
}

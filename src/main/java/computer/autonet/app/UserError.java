package computer.autonet.app;

import computer.autonet.adapter.journal.JournalException;

/** Something that the user can mend: a code, what is wrong, and what to do. Ends the program with status 2. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String code, String what, String remedy) {
        super(code + ": " + what + "; " + remedy);
    }

    public UserError(String code, String what, String remedy, Throwable cause) {
        super(code + ": " + what + "; " + remedy, cause);
    }

    /** A failure whose message has that form already. */
    public UserError(RuntimeException told) {
        super(String.valueOf(told.getMessage()), told);
    }

    /** A failure of the journal, whose message has that form, too. */
    UserError(JournalException told) {
        super("JOURNAL_" + told.getMessage(), told);
    }
}

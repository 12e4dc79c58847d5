package computer.autonet.cli;

/** Ends a command: a stable code, what is wrong, what to do, and whose fault it is. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The exit status of a program that did what was asked, or could not although it was asked rightly. */
    static final int OURS = 1;

    /** The exit status of a request that must be changed. */
    static final int USERS = 2;

    private final int exit;

    private CliException(int exit, String code, String what, String remedy) {
        super(code + ": " + what + "; " + remedy);
        this.exit = exit;
    }

    /** What went wrong although it was asked rightly. */
    public static CliException ours(String code, String what, String remedy) {
        return new CliException(OURS, code, what, remedy);
    }

    static CliException users(String code, String what, String remedy) {
        return new CliException(USERS, code, what, remedy);
    }

    /** The status that the program ends with. */
    public int exit() {
        return exit;
    }
}

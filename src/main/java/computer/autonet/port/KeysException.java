package computer.autonet.port;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Says why keys cannot be had, and what to do: {@code CODE: what is; what to do}. */
public final class KeysException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** The code of an error about keys. */
    public enum Problem {
        /** The password does not open the keystore. */
        PASSWORD_WRONG,
        /** There is no keystore at that path. */
        FILE_MISSING,
        /** There is one already. */
        FILE_EXISTS,
        /** The file is no keystore, or was damaged. */
        FILE_DAMAGED,
        /** The file cannot be read or written. */
        FILE_INACCESSIBLE,
        /** The keystore holds an identity of that name. */
        NAME_TAKEN,
        /** The keystore holds no identity of that name. */
        NAME_UNKNOWN,
        /** The name has other characters than it may. */
        NAME_INVALID,
        /** The key is of a sort that Autonet does not sign with. */
        KEY_UNSUPPORTED
    }

    private final Problem problem;

    public KeysException(Problem problem, String found, String remedy, @Nullable Throwable cause) {
        super(problem + ": " + found + "; " + remedy, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}

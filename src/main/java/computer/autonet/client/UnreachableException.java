package computer.autonet.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No answer after all tries: whether a submitted act stands in the log is not known, so ask for the state first. */
public final class UnreachableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public UnreachableException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}

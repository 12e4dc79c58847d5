package computer.autonet.client;

import computer.autonet.protocol.process.Code;
import java.io.Serial;

/** A network's typed no: a stable code, what is wrong, and what to do. Sending the same again gets the same answer. */
public final class RefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String code;
    private final String detail;
    private final String remedy;

    public RefusedException(String code, String detail, String remedy) {
        super(code + ": " + detail + "; " + remedy);
        this.code = code;
        this.detail = detail;
        this.remedy = remedy;
    }

    /** A {@link Code}'s name, or that of the gRPC status where no process answered. */
    public String code() {
        return code;
    }

    public boolean is(Code expected) {
        return code.equals(expected.name());
    }

    public String detail() {
        return detail;
    }

    public String remedy() {
        return remedy;
    }
}

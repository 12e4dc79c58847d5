package computer.autonet.protocol.message;

import java.io.Serial;

/** Carries a refusal out of nested reading, within this package only. */
final class MalformedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Malformed malformed;

    MalformedException(Flaw flaw, String found, String remedy) {
        super(flaw.name(), null, false, false);
        this.malformed = new Malformed(flaw, found, remedy);
    }

    Malformed malformed() {
        return malformed;
    }
}

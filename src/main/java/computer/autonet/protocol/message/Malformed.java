package computer.autonet.protocol.message;

/** The refusal of bytes that are no message: a code for programs, what was found, and what to do about it. */
public record Malformed(Flaw flaw, String found, String remedy) implements DecodedItem, ReadMessage {
    /** As errors are written: {@code CODE: what was found; what to do}. */
    @Override
    public String toString() {
        return flaw + ": " + found + "; " + remedy;
    }
}

package computer.autonet.protocol.process;

/**
 * A typed no: the reason, what was found, and what to do about it.
 *
 * @param detail what is wrong, with the values
 * @param remedy what the caller can do now
 */
public record Refusal(Code code, String detail, String remedy) {
    @Override
    public String toString() {
        return code + ": " + detail + "; " + remedy;
    }
}

package computer.autonet.protocol.process;

/** What one process sends to another: a request, or the return of a request that was not accepted. */
public sealed interface Payload {
    record Ask(Command command) implements Payload {}

    /** The receiver of {@code command} logged that it does not accept it; the sender compensates. */
    record Bounce(Command command, Refusal refusal) implements Payload {}
}

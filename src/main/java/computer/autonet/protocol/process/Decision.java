package computer.autonet.protocol.process;

import java.util.List;

/** The outcome of judging one command against one state: facts to record and messages to send, or a refusal. */
public sealed interface Decision<E extends Event> {
    /** What happened, and what follows for other processes. */
    record Accepted<E extends Event>(List<E> events, List<Outgoing> outbox) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
            outbox = List.copyOf(outbox);
        }
    }

    record Refused<E extends Event>(Refusal refusal) implements Decision<E> {}

    static <E extends Event> Decision<E> refuse(Code code, String detail, String remedy) {
        return new Refused<>(new Refusal(code, detail, remedy));
    }
}

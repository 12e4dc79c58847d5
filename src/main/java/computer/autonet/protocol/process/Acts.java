package computer.autonet.protocol.process;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import java.util.ArrayList;
import java.util.List;

/** Collects the events and the outbox of one decision. */
public final class Acts<E extends Event> {
    private final Context context;
    private final List<E> events = new ArrayList<>();
    private final List<Outgoing> outbox = new ArrayList<>();

    private Acts(Context context) {
        this.context = context;
    }

    public static <E extends Event> Acts<E> in(Context context) {
        return new Acts<>(context);
    }

    public Acts<E> event(E event) {
        events.add(event);
        return this;
    }

    public Acts<E> send(ProcessId receiver, Command command) {
        outbox.add(new Outgoing(receiver, new Payload.Ask(command)));
        return this;
    }

    /** The id that the next message to a new process gives that process. */
    public ProcessId nextChild(Kind kind) {
        return ProcessId.created(kind, context.self(), context.slot(), outbox.size());
    }

    public Decision<E> accept() {
        return new Decision.Accepted<>(events, outbox);
    }
}

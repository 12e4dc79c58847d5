package computer.autonet.protocol.process;

import java.util.List;
import java.util.Optional;

/**
 * One entry of a log before its hash: what came in, what happened, what goes out.
 *
 * @param epoch fencing counter of the shard's lease under which it was written
 * @param bounced why the input, a message from a process, was not accepted
 * @param extendedMillis by how much open deadlines move, because the host was away when one fell due
 */
public record Draft(
        long slot,
        long epoch,
        long timestampMillis,
        Input input,
        List<Event> events,
        Optional<Refusal> bounced,
        long extendedMillis,
        List<Parcel> outbox) {
    public Draft {
        events = List.copyOf(events);
        outbox = List.copyOf(outbox);
    }
}

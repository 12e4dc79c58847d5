package computer.autonet.protocol.process;

import computer.autonet.protocol.genesis.Versions;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a log before its hash: what came in, what happened, what goes out.
 *
 * @param epoch fencing counter of the shard's lease under which it was written
 * @param versions which rules and constitution judge this log (PROC-14); named by slot 0 alone
 * @param bounced why the input, a message from a process, was not accepted
 * @param extendedMillis by how much open deadlines move, because the host was away when one fell due
 */
public record Draft(
        long slot,
        long epoch,
        long timestampMillis,
        Optional<Versions> versions,
        Input input,
        List<Event> events,
        Optional<Refusal> bounced,
        long extendedMillis,
        List<Parcel> outbox) {
    public Draft {
        if (versions.isPresent() != (slot == 0)) {
            throw new IllegalArgumentException("slot 0 names the versions that judge a log, and no other slot does");
        }
        events = List.copyOf(events);
        outbox = List.copyOf(outbox);
    }
}

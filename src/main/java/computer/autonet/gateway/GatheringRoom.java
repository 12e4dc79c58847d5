package computer.autonet.gateway;

import computer.autonet.protocol.process.Code;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that an edge gives to messages of which only a part has come, over all requests together (GATE-17). */
final class GatheringRoom {
    /** GATE-17: a sixteenth of the launcher's heap; less where the heap is smaller. */
    private static final long MAX = Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 16);

    /** GATE-17: the largest message then comes at 140 kB a second. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final long most;
    private final Duration patience;
    private final AtomicLong held = new AtomicLong();

    GatheringRoom() {
        this(MAX, PATIENCE);
    }

    GatheringRoom(long most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /** In how much time a message must be whole. */
    Duration patience() {
        return patience;
    }

    /** Whether a request may hold so much in place of what it holds; if not, it still holds that. */
    boolean resize(long before, long after) {
        if (after <= before) {
            held.addAndGet(after - before);
            return true;
        }
        if (held.addAndGet(after - before) <= most) {
            return true;
        }
        held.addAndGet(before - after);
        return false;
    }

    Problem full() {
        return Problem.of(
                Code.FULL,
                "messages that have not come whole fill the " + most + " bytes that this node has for them",
                "repeat in a second, or ask another node");
    }

    Problem tooSlow() {
        return Problem.of(
                Status.Code.DEADLINE_EXCEEDED,
                "TOO_SLOW",
                "a message of the request was not whole " + patience.toSeconds() + " s after it began",
                "send it again, in one go");
    }
}

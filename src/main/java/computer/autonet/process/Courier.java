package computer.autonet.process;

import computer.autonet.base.ProcessId;
import computer.autonet.codec.PayloadCodec;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Outbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;

/**
 * Carries the outbox of one process to its receivers: per receiver in order, several under way, sent again until
 * acknowledged (HOST-06). What it remembers is only how far it is; what is owed stands in the outbox.
 */
final class Courier {
    private static final Object MARKS_TIMER = "marks";

    /** How far the messages to one receiver are. */
    private static final class Lane {
        long sentUpTo;
        long acknowledgedUpTo;
        long rewoundTo;
        int attempts;

        Lane(long before) {
            sentUpTo = before;
            acknowledgedUpTo = before;
        }
    }

    private record ResendTimer(ProcessId receiver) {}

    private final Routes routes;
    private final ActorRef<Request> self;
    private final TimerScheduler<Request> timers;
    private final HostSettings settings;
    private final Logger log;
    private final Map<ProcessId, Lane> lanes = new HashMap<>();
    private final SortedMap<ProcessId, Long> marks = new TreeMap<>();
    private int acknowledgements;

    Courier(Routes routes, ActorRef<Request> self, TimerScheduler<Request> timers, HostSettings settings, Logger log) {
        this.routes = routes;
        this.self = self;
        this.timers = timers;
        this.settings = settings;
        this.log = log;
    }

    /** Sends what has not been sent yet, as far as the windows allow. */
    void deliver(Outbox outbox) {
        outbox.owed().forEach(this::pump);
    }

    /** Returns whether enough acknowledgements have come to record them. */
    boolean acknowledged(ProcessId receiver, long upTo, Outbox outbox) {
        Lane lane = lanes.get(receiver);
        if (lane == null || upTo <= lane.acknowledgedUpTo) {
            return false;
        }
        lane.acknowledgedUpTo = upTo;
        lane.sentUpTo = Math.max(lane.sentUpTo, upTo);
        lane.attempts = 0;
        lane.rewoundTo = 0;
        timers.cancel(new ResendTimer(receiver));
        marks.put(receiver, upTo);
        acknowledgements++;
        List<Input.FromProcess> queue = outbox.owed().get(receiver);
        if (queue != null) {
            pump(receiver, queue);
        }
        if (acknowledgements >= settings.marksBatch()) {
            return true;
        }
        if (!timers.isTimerActive(MARKS_TIMER)) {
            timers.startSingleTimer(MARKS_TIMER, new Local.RecordMarks(), settings.marksDelay());
        }
        return false;
    }

    /** The receiver misses messages in between: one was lost on the way, or the receiver has moved. */
    boolean expected(ProcessId receiver, long from, Outbox outbox) {
        boolean record = acknowledged(receiver, from - 1, outbox);
        Lane lane = lanes.get(receiver);
        if (lane == null) {
            return record;
        }
        if (from <= lane.acknowledgedUpTo) {
            log.error(
                    "{} acknowledged {} and now expects {}: its log has lost entries; restore its journal",
                    receiver,
                    lane.acknowledgedUpTo,
                    from);
        } else if (lane.sentUpTo >= from && lane.rewoundTo != from) {
            // Each message behind the lost one is answered alike; going back once is enough.
            lane.rewoundTo = from;
            lane.sentUpTo = from - 1;
            List<Input.FromProcess> queue = outbox.owed().get(receiver);
            if (queue != null) {
                pump(receiver, queue);
            }
        }
        return record;
    }

    void resend(ProcessId receiver, Outbox outbox) {
        Lane lane = lanes.get(receiver);
        List<Input.FromProcess> queue = outbox.owed().get(receiver);
        if (lane != null && queue != null) {
            lane.attempts++;
            lane.sentUpTo = lane.acknowledgedUpTo;
            lane.rewoundTo = 0;
            pump(receiver, queue);
        }
    }

    boolean hasMarks() {
        return !marks.isEmpty();
    }

    /** What to record as delivered; it counts as recorded from now on. */
    JournalRecord.Delivered takeMarks() {
        var delivered = new JournalRecord.Delivered(marks);
        marks.clear();
        acknowledgements = 0;
        timers.cancel(MARKS_TIMER);
        return delivered;
    }

    /** Forgets the receivers to which nothing is owed any more. */
    void tidy(Outbox outbox) {
        lanes.keySet().removeIf(receiver -> !outbox.owed().containsKey(receiver));
    }

    /** As after a recovery. */
    void reset() {
        lanes.keySet().forEach(receiver -> timers.cancel(new ResendTimer(receiver)));
        lanes.clear();
        marks.clear();
        acknowledgements = 0;
        timers.cancel(MARKS_TIMER);
    }

    private void pump(ProcessId receiver, List<Input.FromProcess> queue) {
        long first = queue.get(0).sequence();
        long last = queue.get(queue.size() - 1).sequence();
        Lane lane = lanes.computeIfAbsent(receiver, any -> new Lane(first - 1));
        long end = Math.min(last, lane.acknowledgedUpTo + settings.deliveryWindow());
        while (lane.sentUpTo < end) {
            // Sequences in a queue have no gaps.
            Input.FromProcess message = queue.get(Math.toIntExact(lane.sentUpTo + 1 - first));
            routes.send(receiver, new Request.Deliver(PayloadCodec.encode(message), self));
            lane.sentUpTo++;
        }
        var timer = new ResendTimer(receiver);
        if (lane.sentUpTo > lane.acknowledgedUpTo && !timers.isTimerActive(timer)) {
            timers.startSingleTimer(timer, new Local.Resend(receiver), backoff(lane.attempts));
        }
    }

    private Duration backoff(int attempts) {
        Duration wait = settings.resendMin().multipliedBy(1L << Math.min(attempts, 20));
        return wait.compareTo(settings.resendMax()) < 0 ? wait : settings.resendMax();
    }
}

package computer.autonet.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Submissions in the order in which they came, whatever order their signatures are checked in (HOST-03). */
final class Arrivals {
    /** A submission whose signature has been checked. */
    record Ready(Verdict verdict, ActorRef<Answer> replyTo) {}

    private static final class Arrival {
        final long ticket;
        final ActorRef<Answer> replyTo;

        @Nullable
        Verdict verdict;

        Arrival(long ticket, ActorRef<Answer> replyTo) {
            this.ticket = ticket;
            this.replyTo = replyTo;
        }
    }

    private final int capacity;
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private long lastTicket;

    Arrivals(int capacity) {
        this.capacity = capacity;
    }

    boolean isFull() {
        return waiting.size() >= capacity;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Puts a submission at the end; its verdict comes under the returned ticket. */
    long add(ActorRef<Answer> replyTo) {
        waiting.add(new Arrival(++lastTicket, replyTo));
        return lastTicket;
    }

    /** A verdict for a ticket of before a restart is passed over: its sender asks again. */
    void verified(long ticket, Verdict verdict) {
        for (Arrival arrival : waiting) {
            if (arrival.ticket == ticket) {
                arrival.verdict = verdict;
                return;
            }
        }
    }

    boolean hasReady() {
        Arrival first = waiting.peek();
        return first != null && first.verdict != null;
    }

    /** Takes the first submission out if it has been checked. */
    Optional<Ready> poll() {
        Arrival first = waiting.peek();
        if (first == null || first.verdict == null) {
            return Optional.empty();
        }
        waiting.remove();
        return Optional.of(new Ready(first.verdict, first.replyTo));
    }

    void clear() {
        waiting.clear();
    }
}

package computer.autonet.process;

import computer.autonet.base.Bytes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Who hears the entries of a process as they are recorded. A subscription ends unless it is renewed, so that neither a
 * lost subscriber nor a lost message needs any other handling (HOST-12).
 */
final class Subscribers {
    private final int capacity;
    private final long lifeNanos;
    private final Map<ActorRef<Live>, Long> renewedNanos = new LinkedHashMap<>();

    Subscribers(int capacity, Duration renewal) {
        this.capacity = capacity;
        this.lifeNanos = renewal.multipliedBy(3).toNanos();
    }

    /** Where there is no room the subscriber still hears at each renewal how far the log is. */
    void renew(ActorRef<Live> subscriber, long nextSlot) {
        expire();
        if (renewedNanos.containsKey(subscriber) || renewedNanos.size() < capacity) {
            renewedNanos.put(subscriber, System.nanoTime());
        }
        subscriber.tell(new Live.At(nextSlot));
    }

    void remove(ActorRef<Live> subscriber) {
        renewedNanos.remove(subscriber);
    }

    void publish(long slot, Bytes stored) {
        if (!renewedNanos.isEmpty()) {
            expire();
            var entry = new Live.Recorded(slot, stored);
            renewedNanos.keySet().forEach(subscriber -> subscriber.tell(entry));
        }
    }

    boolean isEmpty() {
        expire();
        return renewedNanos.isEmpty();
    }

    private void expire() {
        long now = System.nanoTime();
        renewedNanos.values().removeIf(renewed -> now - renewed > lifeNanos);
    }
}

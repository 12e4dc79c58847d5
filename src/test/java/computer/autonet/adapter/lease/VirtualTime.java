package computer.autonet.adapter.lease;

import java.util.PriorityQueue;

/** A world whose time moves from one scheduled action to the next; actions of one instant run in the order of their scheduling. */
final class VirtualTime {
    private record Action(long at, long order, Runnable what) implements Comparable<Action> {
        @Override
        public int compareTo(Action other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Action> actions = new PriorityQueue<>();
    private long now;
    private long order;

    long now() {
        return now;
    }

    void at(long when, Runnable what) {
        actions.add(new Action(Math.max(when, now), order++, what));
    }

    void after(long nanos, Runnable what) {
        at(now + nanos, what);
    }

    /** Runs the next action, if it is not after the end. */
    boolean step(long end) {
        Action next = actions.peek();
        if (next == null || next.at > end) {
            return false;
        }
        actions.remove();
        now = next.at;
        next.what.run();
        return true;
    }
}

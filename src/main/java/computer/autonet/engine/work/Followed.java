package computer.autonet.engine.work;

import computer.autonet.base.ProcessId;
import org.jspecify.annotations.Nullable;

/** The one log of its sort that a participant follows; every entry wakes it. */
final class Followed implements AutoCloseable, SharedLogs.Follower {
    private final SharedLogs logs;
    private final Runnable wake;
    private final Runnable wakeLater;
    private @Nullable ProcessId process;
    private boolean closed;

    Followed(SharedLogs logs, Runnable wake, Runnable wakeLater) {
        this.logs = logs;
        this.wake = wake;
        this.wakeLater = wakeLater;
    }

    /** Follows this log from there on, unless it does already; what was before that slot is known. */
    void follow(ProcessId target, long fromSlot) {
        ProcessId before;
        synchronized (this) {
            if (closed || target.equals(process)) {
                return;
            }
            before = process;
            process = target;
        }
        if (before != null) {
            logs.unfollow(before, this);
        }
        logs.follow(target, fromSlot, this);
        if (isClosed()) {
            logs.unfollow(target, this);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void wake() {
        wake.run();
    }

    /** The next look follows it anew; not at once, since it may be refused again. */
    @Override
    public void lost() {
        synchronized (this) {
            process = null;
        }
        wakeLater.run();
    }

    @Override
    public void close() {
        ProcessId before;
        synchronized (this) {
            closed = true;
            before = process;
            process = null;
        }
        if (before != null) {
            logs.unfollow(before, this);
        }
    }
}

package computer.autonet.engine.work;

import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.client.Watch;
import org.jspecify.annotations.Nullable;

/** The one log of its sort that a participant follows; every entry wakes it. */
final class Followed implements AutoCloseable {
    private final NetworkClient network;
    private final Runnable wake;
    private @Nullable ProcessId process;
    private @Nullable Watch watch;
    private boolean closed;

    Followed(NetworkClient network, Runnable wake) {
        this.network = network;
        this.wake = wake;
    }

    /** Follows this log from there on, unless it does already; what was before that slot is known. */
    synchronized void follow(ProcessId target, long fromSlot) {
        if (closed || (target.equals(process) && watch != null)) {
            return;
        }
        release();
        process = target;
        Watch opened = network.watch(target, fromSlot, entry -> wake.run());
        watch = opened;
        opened.ended().whenComplete((done, failure) -> {
            if (failure != null) {
                lost(opened);
            }
        });
    }

    private void lost(Watch ended) {
        synchronized (this) {
            if (watch != ended) {
                return;
            }
            watch = null;
        }
        wake.run();
    }

    private void release() {
        Watch open = watch;
        watch = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        release();
    }
}

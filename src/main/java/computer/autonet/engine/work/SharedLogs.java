package computer.autonet.engine.work;

import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.client.Watch;
import computer.autonet.codec.SealedEntry;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The logs that an engine's participants follow: one watch each, however many follow it. A gateway has a bound on watches, and
 * a project's participants all follow the same three logs (WORK-13).
 */
final class SharedLogs {
    private final NetworkClient network;
    private final Map<ProcessId, Shared> open = new HashMap<>();

    SharedLogs(NetworkClient network) {
        this.network = network;
    }

    /** What a follower hears: that there is something new, or that the log is followed no more. */
    interface Follower {
        void wake();

        void lost();
    }

    private static final class Shared {
        final Set<Follower> followers = new LinkedHashSet<>();

        @Nullable
        Watch watch;

        long nextSlot;

        Shared(long nextSlot) {
            this.nextSlot = nextSlot;
        }
    }

    /** Wakes the follower at every entry from that slot on, also those that others have been woken for before. */
    void follow(ProcessId id, long fromSlot, Follower follower) {
        @Nullable Watch begun = null;
        Shared shared;
        boolean behind;
        synchronized (this) {
            Shared known = open.get(id);
            shared = known == null ? new Shared(fromSlot) : known;
            shared.followers.add(follower);
            if (known == null) {
                open.put(id, shared);
                begun = network.watch(id, fromSlot, entry -> heard(shared, entry), () -> blind(shared));
                shared.watch = begun;
            }
            behind = shared.nextSlot > fromSlot;
        }
        if (begun != null) {
            // One that has failed already says so here and now, to this follower too.
            begun.ended().whenComplete((done, failure) -> {
                if (failure != null) {
                    lost(id, shared);
                }
            });
        }
        if (behind) {
            follower.wake();
        }
    }

    /** The last one closes the watch. */
    void unfollow(ProcessId id, Follower follower) {
        @Nullable Watch unused;
        synchronized (this) {
            Shared shared = open.get(id);
            if (shared == null || !shared.followers.remove(follower) || !shared.followers.isEmpty()) {
                return;
            }
            open.remove(id);
            unused = shared.watch;
        }
        if (unused != null) {
            unused.close();
        }
    }

    private void heard(Shared shared, SealedEntry entry) {
        List<Follower> followers;
        synchronized (this) {
            shared.nextSlot = entry.draft().slot() + 1;
            followers = List.copyOf(shared.followers);
        }
        followers.forEach(Follower::wake);
    }

    /** While the watch is refused or broken, its followers ask instead, at the pace of its attempts. */
    private void blind(Shared shared) {
        List<Follower> followers;
        synchronized (this) {
            followers = List.copyOf(shared.followers);
        }
        followers.forEach(Follower::wake);
    }

    private void lost(ProcessId id, Shared shared) {
        List<Follower> followers;
        synchronized (this) {
            open.remove(id, shared);
            followers = List.copyOf(shared.followers);
            shared.followers.clear();
        }
        followers.forEach(Follower::lost);
    }
}

package computer.autonet.adapter.journal;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who wants to know when something was appended to a persistence id. Bounded by the number of open live streams. */
final class Appends {
    private final ConcurrentHashMap<String, List<Runnable>> listeners = new ConcurrentHashMap<>();

    /** Ends a registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    Registration listen(String persistenceId, Runnable listener) {
        listeners.compute(persistenceId, (id, known) -> {
            List<Runnable> all = known == null ? new CopyOnWriteArrayList<>() : known;
            all.add(listener);
            return all;
        });
        return () -> listeners.computeIfPresent(persistenceId, (id, known) -> {
            known.remove(listener);
            return known.isEmpty() ? null : known;
        });
    }

    void signal(String persistenceId) {
        List<Runnable> interested = listeners.get(persistenceId);
        if (interested != null) {
            interested.forEach(Runnable::run);
        }
    }
}

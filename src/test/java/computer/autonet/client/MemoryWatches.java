package computer.autonet.client;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.Ids;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.v1.WatchRequest;
import computer.autonet.v1.WatchResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Those who follow logs of a network in memory, and which of them have an entry still to take.
 *
 * <p>The processes' lock is theirs too: else an entry could be logged between a look at the log and the wait for it, or
 * be counted while nobody is behind yet.
 */
final class MemoryWatches {
    private final MemoryProcesses processes;
    private final Map<Place, List<Waiting>> waiting = new HashMap<>();
    private final Set<Watcher> behind = new HashSet<>();
    private final Set<Watcher> open = new HashSet<>();
    private final Set<Watcher> ended = new HashSet<>();
    private final Map<Kind, Code> refused = new ConcurrentHashMap<>();

    MemoryWatches(MemoryProcesses processes) {
        this.processes = processes;
    }

    /** One who follows a log: behind, until it asks for an entry that is not there yet. */
    private static final class Watcher {}

    /** Where an entry will be. */
    private record Place(ProcessId process, long slot) {}

    /** A watcher and what it will be given. */
    private record Waiting(Watcher watcher, CompletableFuture<SealedEntry> entry) {}

    /** How many are open. */
    int count() {
        synchronized (processes) {
            return open.size();
        }
    }

    /** Whether all have taken every entry of the log that they follow. */
    boolean allCaughtUp() {
        synchronized (processes) {
            return behind.isEmpty();
        }
    }

    /** From now on nobody can watch such processes, and is told this. */
    void refuse(Kind kind, Code why) {
        refused.put(kind, why);
    }

    Source<WatchResponse, NotUsed> watch(WatchRequest in) {
        ProcessId id = Ids.fromProto(in.getProcess());
        Code why = refused.get(id.kind());
        if (why != null) {
            return Source.failed(RefusedCall.of(new Refusal(why, "it cannot be watched", "ask instead")));
        }
        var watcher = new Watcher();
        begin(watcher);
        return Source.unfoldAsync(
                        in.getFromSlot(),
                        slot -> entry(id, slot, watcher)
                                .thenApply(entry -> Optional.of(Pair.create(
                                        slot + 1,
                                        WatchResponse.newBuilder()
                                                .setEntry(Ids.bytes(entry.stored()))
                                                .build()))))
                .watchTermination((value, done) -> {
                    done.whenComplete((ok, failure) -> end(watcher));
                    return value;
                });
    }

    /** Gives an entry to those who wait for it. */
    void logged(SealedEntry entry) {
        synchronized (processes) {
            List<Waiting> watchers =
                    waiting.remove(new Place(entry.process(), entry.draft().slot()));
            if (watchers != null) {
                for (Waiting one : watchers) {
                    if (!ended.contains(one.watcher())) {
                        behind.add(one.watcher());
                    }
                    one.entry().completeAsync(() -> entry);
                }
            }
        }
    }

    private CompletableFuture<SealedEntry> entry(ProcessId id, long slot, Watcher watcher) {
        synchronized (processes) {
            Optional<SealedEntry> logged = processes.entry(id, slot);
            if (logged.isPresent()) {
                return CompletableFuture.completedFuture(logged.get());
            }
            var later = new CompletableFuture<SealedEntry>();
            waiting.computeIfAbsent(new Place(id, slot), place -> new ArrayList<>())
                    .add(new Waiting(watcher, later));
            behind.remove(watcher);
            return later;
        }
    }

    private void begin(Watcher watcher) {
        synchronized (processes) {
            behind.add(watcher);
            open.add(watcher);
        }
    }

    private void end(Watcher watcher) {
        synchronized (processes) {
            behind.remove(watcher);
            open.remove(watcher);
            ended.add(watcher);
        }
    }
}

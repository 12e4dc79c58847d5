package computer.autonet.app;

import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.client.Watch;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.RoundSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** How a project goes on, as its log and those of its tasks tell. */
final class Course implements AutoCloseable {
    /** Completes with the first task. */
    final CompletableFuture<ProcessId> training = new CompletableFuture<>();

    /** Completes when there are no more rounds, with the reason if some were to come. */
    final CompletableFuture<String> over = new CompletableFuture<>();

    final List<RoundSummary> published = Collections.synchronizedList(new ArrayList<>());
    private final NetworkClient client;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private Set<Identity> awaited = Set.of();
    private long afterMillis;
    private CompletableFuture<Identity> acted = new CompletableFuture<>();

    Course(NetworkClient client, ProcessId project) {
        this.client = client;
        watches.add(client.watch(project, 0, this::follow));
    }

    /** Completes when one of these has signed an act of a round that is recorded after this time. */
    synchronized CompletableFuture<Identity> actOf(Set<Identity> who, Instant after) {
        awaited = who;
        afterMillis = after.toEpochMilli();
        acted = new CompletableFuture<>();
        return acted;
    }

    private void follow(SealedEntry entry) {
        for (Event event : entry.draft().events()) {
            if (event instanceof ProjectEvent.TaskCreated created) {
                watches.add(client.watch(created.task(), 0, this::act));
                training.complete(created.task());
            } else if (event instanceof ProjectEvent.AttemptEnded ended
                    && ended.summary().voided().isEmpty()) {
                published.add(ended.summary());
            } else if (event instanceof ProjectEvent.Completed) {
                over.complete("");
            } else if (event instanceof ProjectEvent.Paused paused) {
                over.complete(paused.reason());
            }
        }
    }

    private synchronized void act(SealedEntry entry) {
        if (entry.draft().input() instanceof Input.Signed signed
                && entry.draft().timestampMillis() > afterMillis
                && awaited.contains(signed.sender())) {
            acted.complete(signed.sender());
        }
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}

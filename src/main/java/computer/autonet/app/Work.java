package computer.autonet.app;

import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.client.Watch;
import computer.autonet.codec.SealedEntry;
import computer.autonet.engine.work.Behaviour;
import computer.autonet.engine.work.Participant;
import computer.autonet.engine.work.WorkEngine;
import computer.autonet.port.Keys;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.project.Stage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What a node or a worker does for projects: its jobs, taken up for the project that it was told of and for each that one
 * of its sponsors founds (NODE-05).
 */
final class Work implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 500;

    /** Each project costs its participants' memory; a sponsor with more has something wrong. */
    private static final int MAX_PROJECTS = 1_000;

    /** Told of what happens to the projects, for people and metrics. */
    interface Listener {
        void joined(ProcessId project, String name);

        void ended(ProcessId project, RoundSummary round);

        void stopped(ProcessId project, String why);

        void failed(ProcessId project, Throwable cause);
    }

    private final NetworkClient client;
    private final WorkEngine engine;
    private final Keys keys;
    private final List<Job> jobs;
    private final Executor executor;
    private final Listener listener;
    private final Set<ProcessId> known = ConcurrentHashMap.newKeySet();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Work(NetworkClient client, WorkEngine engine, Keys keys, List<Job> jobs, Executor executor, Listener listener) {
        this.client = client;
        this.engine = engine;
        this.keys = keys;
        this.jobs = List.copyOf(jobs);
        this.executor = executor;
        this.listener = listener;
    }

    /** Takes up the jobs for every project that this identity founds, and has founded. */
    void sponsor(Hash address) {
        client.network().whenComplete((network, failure) -> {
            if (failure == null) {
                watches.add(client.watch(network.owned(Kind.ACCOUNT, address), 0, this::founded));
            } else if (!closed) {
                later(() -> sponsor(address));
            }
        });
    }

    private void founded(SealedEntry entry) {
        for (Event event : entry.draft().events()) {
            if (event instanceof AccountEvent.ProjectFounded project) {
                project(project.project());
            }
        }
    }

    /** Takes up the jobs for a project; one that is not there yet is waited for. */
    void project(ProcessId project) {
        if (known.size() < MAX_PROJECTS && known.add(project)) {
            await(project);
        }
    }

    private void await(ProcessId project) {
        client.project(project)
                .thenAcceptAsync(
                        seen -> {
                            if (seen.state() instanceof ProjectState.Founded founded) {
                                begin(project, founded, seen.nextSlot());
                            } else {
                                throw new IllegalStateException(project + " is not founded yet");
                            }
                        },
                        executor)
                .exceptionally(notYet -> {
                    later(() -> await(project));
                    return null;
                });
    }

    private void later(Runnable action) {
        if (!closed) {
            CompletableFuture.delayedExecutor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(action);
        }
    }

    private void begin(ProcessId project, ProjectState.Founded founded, long nextSlot) {
        if (closed) {
            return;
        }
        if (founded.stage() instanceof Stage.Complete) {
            listener.stopped(project, "");
            return;
        }
        listener.joined(project, founded.terms().name());
        watches.add(client.watch(project, nextSlot, entry -> follow(project, entry)));
        for (Job job : jobs) {
            try {
                Participant participant = start(job, project, founded.terms().rounds());
                participant.finished().thenRun(participant::close);
            } catch (RuntimeException e) {
                listener.failed(project, e);
            }
        }
    }

    private Participant start(Job job, ProcessId project, int rounds) {
        SigningKey key = keys.signer(job.identity());
        return switch (job.role()) {
            case PROPOSER ->
                engine.proposer(key, project, job.stake(), job.requiredData().truth(rounds), Behaviour.HONEST);
            case SOLVER ->
                engine.solver(key, project, job.stake(), job.requiredData().examples(), Behaviour.HONEST);
            case COORDINATOR -> engine.coordinator(key, project, job.stake(), Behaviour.HONEST);
            case AGGREGATOR -> engine.aggregator(key, project, job.stake());
        };
    }

    private void follow(ProcessId project, SealedEntry entry) {
        for (Event event : entry.draft().events()) {
            if (event instanceof ProjectEvent.AttemptEnded attempt) {
                listener.ended(project, attempt.summary());
            } else if (event instanceof ProjectEvent.Completed) {
                listener.stopped(project, "");
            } else if (event instanceof ProjectEvent.Paused paused) {
                listener.stopped(project, paused.reason());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        engine.close();
        watches.forEach(Watch::close);
    }
}

package computer.autonet.app;

import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.Failures;
import computer.autonet.client.NetworkClient;
import computer.autonet.client.Watch;
import computer.autonet.codec.SealedEntry;
import computer.autonet.engine.work.Behaviour;
import computer.autonet.engine.work.WorkEngine;
import computer.autonet.port.Keys;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.crypto.SigningKey;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.project.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What a node or a worker does for projects: its jobs, taken up for the project that it was told of and for each that one
 * of its sponsors founds (NODE-05).
 */
final class Work implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 500;

    /** A project appears a moment after its account says that it is founded; after so many looks people are told. */
    private static final int NEWBORN_LOOKS = 10;

    /** Each project under way costs its participants' memory and a watch; those beyond wait until one is complete. */
    static final int MAX_PROJECTS = 1_000;

    /** Told of what happens to the projects, for people and metrics. */
    interface Listener {
        void joined(ProcessId project, String name);

        void ended(ProcessId project, RoundSummary round);

        void stopped(ProcessId project, String why);

        void failed(ProcessId project, Throwable cause);

        /** It cannot be taken up yet; told once. */
        void waiting(ProcessId project, String why);
    }

    private final NetworkClient client;
    private final WorkEngine engine;
    private final Keys keys;
    private final List<Job> jobs;
    private final Executor executor;
    private final Listener listener;
    private final int most;
    private final List<Watch> sponsors = new CopyOnWriteArrayList<>();

    /** Taken up and not complete, with the watch of those that are founded. */
    private final Map<ProcessId, Optional<Watch>> underWay = new HashMap<>();

    /** Ids alone, and no more than the sponsors' logs name. */
    private final Set<ProcessId> queue = new LinkedHashSet<>();

    private volatile boolean closed;

    Work(NetworkClient client, WorkEngine engine, Keys keys, List<Job> jobs, Executor executor, Listener listener) {
        this(client, engine, keys, jobs, executor, listener, MAX_PROJECTS);
    }

    /** @param most projects at once */
    Work(
            NetworkClient client,
            WorkEngine engine,
            Keys keys,
            List<Job> jobs,
            Executor executor,
            Listener listener,
            int most) {
        this.client = client;
        this.engine = engine;
        this.keys = keys;
        this.jobs = List.copyOf(jobs);
        this.executor = executor;
        this.listener = listener;
        this.most = most;
    }

    /** Takes up the jobs for every project that this identity founds, and has founded. */
    void sponsor(Hash address) {
        client.network().whenComplete((network, failure) -> {
            if (failure == null) {
                sponsors.add(client.watch(network.owned(Kind.ACCOUNT, address), 0, this::founded));
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
        synchronized (this) {
            if (underWay.containsKey(project) || !queue.add(project)) {
                return;
            }
        }
        next();
    }

    private void next() {
        ProcessId project;
        synchronized (this) {
            if (closed || queue.isEmpty() || underWay.size() >= most) {
                return;
            }
            project = queue.iterator().next();
            queue.remove(project);
            underWay.put(project, Optional.empty());
        }
        await(project, 1);
    }

    /** A complete project needs nothing more, and makes room for the next. */
    private void complete(ProcessId project) {
        Optional<Watch> watch;
        synchronized (this) {
            watch = underWay.remove(project);
        }
        if (watch != null) {
            watch.ifPresent(Watch::close);
            next();
        }
    }

    private void await(ProcessId project, int look) {
        client.project(project)
                .thenAcceptAsync(
                        seen -> {
                            if (seen.state() instanceof ProjectState.Founded founded) {
                                begin(project, founded, seen.nextSlot());
                            } else {
                                throw new IllegalStateException("nobody has founded it");
                            }
                        },
                        executor)
                .exceptionally(notYet -> {
                    if (look == NEWBORN_LOOKS) {
                        listener.waiting(
                                project, String.valueOf(Failures.cause(notYet).getMessage()));
                    }
                    later(() -> await(project, Math.min(look, NEWBORN_LOOKS) + 1));
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
            complete(project);
            return;
        }
        listener.joined(project, founded.terms().name());
        follow(project, nextSlot);
        for (Job job : jobs) {
            try {
                start(job, project, founded.terms().rounds());
            } catch (RuntimeException e) {
                listener.failed(project, e);
            }
        }
    }

    private void follow(ProcessId project, long nextSlot) {
        Watch watch = client.watch(project, nextSlot, entry -> follow(project, entry));
        boolean needed;
        synchronized (this) {
            // Its first entries may have said already that it is complete.
            needed = !closed && underWay.replace(project, Optional.of(watch)) != null;
        }
        if (!needed) {
            watch.close();
        }
    }

    private void start(Job job, ProcessId project, int rounds) {
        SigningKey key = keys.signer(job.identity());
        var unused = switch (job.role()) {
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
                complete(project);
            } else if (event instanceof ProjectEvent.Paused paused) {
                listener.stopped(project, paused.reason());
            }
        }
    }

    @Override
    public void close() {
        List<Watch> open = new ArrayList<>(sponsors);
        synchronized (this) {
            closed = true;
            underWay.values().forEach(watch -> watch.ifPresent(open::add));
            underWay.clear();
        }
        engine.close();
        open.forEach(Watch::close);
    }
}

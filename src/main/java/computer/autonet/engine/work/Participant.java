package computer.autonet.engine.work;

import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.client.NetworkClient;
import computer.autonet.client.Observed;
import computer.autonet.client.RefusedException;
import computer.autonet.protocol.aggregator.AggregatorState;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.project.Stage;
import computer.autonet.protocol.role.Role;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One identity at work in one role of one project: it looks at the state, does the next thing that it owes, and looks
 * again when a log that it follows has grown (WORK-05). It remembers nothing that it could not find again.
 */
public final class Participant implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Participant.class);

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    /** A project names its task before the task has heard of it; after so many looks something is wrong. */
    private static final int NEWBORN_LOOKS = 6;

    /** How soon a participant looks again whether the network is fresh. */
    private static final long STALE_PAUSE_MILLIS = 500;

    /** How soon a log is followed again that the network would not let it follow. */
    private static final long LOST_PAUSE_MILLIS = 1_000;

    private final Desk desk;
    private final Enrolment enrolment;
    private final Duty duty;
    private final BooleanSupplier fresh;
    private final AtomicBoolean open;
    private final Followed project;
    private final Followed task;
    private final Followed aggregator;

    /** Wakes since the last look; a look takes all of them, so any number of them waits as one. */
    private final AtomicInteger wakes = new AtomicInteger();

    /** Looks that a pause will start. */
    private final AtomicInteger pausing = new AtomicInteger();

    private int failures;
    private boolean finished;
    private final CompletableFuture<Void> finish = new CompletableFuture<>();

    Participant(Desk desk, Enrolment enrolment, Duty duty, SharedLogs logs, BooleanSupplier fresh, AtomicBoolean open) {
        this.desk = desk;
        this.enrolment = enrolment;
        this.duty = duty;
        this.fresh = fresh;
        this.open = open;
        this.project = new Followed(logs, this::wake, this::wakeLater);
        this.task = new Followed(logs, this::wake, this::wakeLater);
        this.aggregator = new Followed(logs, this::wake, this::wakeLater);
    }

    public Identity identity() {
        return desk.me();
    }

    public Role role() {
        return desk.role();
    }

    /** Completes when the project has published all its rounds, or when this is closed. */
    public CompletionStage<Void> finished() {
        return finish.copy();
    }

    /** Nothing is being done, and nothing will be before a log grows. */
    boolean idle() {
        return wakes.get() == 0 && pausing.get() == 0;
    }

    /** Takes no further step; one that is under way may still reach the network. */
    @Override
    public void close() {
        open.set(false);
        project.close();
        task.close();
        aggregator.close();
        finish.complete(null);
    }

    void start() {
        wake();
    }

    private void wake() {
        if (open.get() && wakes.getAndIncrement() == 0) {
            desk.executor().execute(this::look);
        }
    }

    private void wakeLater() {
        if (open.get()) {
            wakeAfter(LOST_PAUSE_MILLIS);
        }
    }

    private void wakeAfter(long millis) {
        pausing.incrementAndGet();
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(() -> {
            wake();
            pausing.decrementAndGet();
        });
    }

    private void look() {
        int taken = wakes.get();
        CompletionStage<Void> looked;
        if (!open.get()) {
            looked = Duty.NOTHING;
        } else if (!fresh.getAsBoolean()) {
            // WORK-12: no act on what may be an old state.
            wakeAfter(STALE_PAUSE_MILLIS);
            looked = Duty.NOTHING;
        } else {
            looked = step();
        }
        looked.whenComplete((done, failure) -> {
            if (failure == null) {
                failures = 0;
            } else if (open.get()) {
                troubled(failure);
            }
            if (wakes.addAndGet(-taken) > 0) {
                desk.executor().execute(this::look);
            }
        });
    }

    private void troubled(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 16));
        failures++;
        LOG.debug("{} {} looks again in {} ms", desk.role().label(), desk.me().brief(), pause, cause);
        // What was owed a moment ago may be done or too late by now: the next look tells.
        boolean overtaken = cause instanceof RefusedException refused
                && (refused.is(Code.WRONG_PHASE)
                        || refused.is(Code.ALREADY_DONE)
                        || (refused.is(Code.NO_SUCH_PROCESS) && failures <= NEWBORN_LOOKS));
        if (!overtaken) {
            desk.tell(new WorkEvent.Troubled(String.valueOf(cause.getMessage())));
        }
        wakeAfter(pause);
    }

    private CompletionStage<Void> step() {
        try {
            return desk.network().project(desk.project()).thenComposeAsync(this::step, desk.executor());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Void> step(Observed<ProjectState> observed) {
        project.follow(desk.project(), observed.nextSlot());
        if (!(observed.state() instanceof ProjectState.Founded founded)) {
            return Duty.NOTHING;
        }
        if (founded.stage() instanceof Stage.Complete) {
            if (!finished) {
                finished = true;
                desk.tell(new WorkEvent.Finished());
                finish.complete(null);
            }
            return Duty.NOTHING;
        }
        return situation(founded)
                .thenComposeAsync(
                        situation -> enrolment
                                .perform(situation)
                                .thenComposeAsync(enrolled -> duty.perform(situation), desk.executor()),
                        desk.executor());
    }

    private CompletionStage<Situation> situation(ProjectState.Founded founded) {
        if (founded.stage() instanceof Stage.Running running) {
            return running(running.task())
                    .thenApply(seen -> new Situation(desk.project(), founded, Optional.of(seen), Optional.empty()));
        }
        if (founded.stage() instanceof Stage.Averaging averaging) {
            return job(averaging).thenApply(job -> new Situation(desk.project(), founded, Optional.empty(), job));
        }
        return CompletableFuture.completedFuture(
                new Situation(desk.project(), founded, Optional.empty(), Optional.empty()));
    }

    private CompletionStage<Situation.Running> running(ProcessId id) {
        return desk.network().task(id).thenApply(seen -> {
            task.follow(id, seen.nextSlot());
            return new Situation.Running(id, seen.state());
        });
    }

    private CompletionStage<Optional<AggregatorState.Job>> job(Stage.Averaging averaging) {
        NetworkClient network = desk.network();
        return network.network()
                .thenCompose(info -> network.aggregator(desk.project()).thenApply(seen -> {
                    ProcessId id = info.owned(Kind.AGGREGATOR, desk.project().hash());
                    aggregator.follow(id, seen.nextSlot());
                    return seen.state()
                            .job()
                            .filter(job -> job.terms()
                                    .reference()
                                    .equals(averaging.task().proposal().reference()));
                }));
    }
}

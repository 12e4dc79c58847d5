package computer.autonet.adapter.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process's side of one lease: takes it, renews it, and stops believing in it before another may have it. It trusts only
 * answers that came, and counts from when their request was sent; an answer that came too late is none.
 */
final class LeaseKeeper {
    private static final Runnable NOTHING = () -> {};

    private final String lease;
    private final String owner;
    private final LeaseStore store;
    private final LeaseTime time;
    private final LeaseTiming timing;

    /** Goes up at every change of {@link #taking} and {@link #term}, so that answers and timers of the past are known as such. */
    private long turn;

    private @Nullable CompletableFuture<Boolean> taking;
    private @Nullable Term term;
    private long lastEpoch;
    private Consumer<Optional<Throwable>> onLost = any -> {};

    /** A holding: until when it is believed in, and why its last renewal failed. */
    private record Term(String token, long epoch, long until, Optional<Throwable> trouble) {}

    LeaseKeeper(String lease, String owner, LeaseStore store, LeaseTime time, LeaseTiming timing) {
        this.lease = lease;
        this.owner = owner;
        this.store = store;
        this.time = time;
        this.timing = timing;
    }

    /** LEASE-02: by this process's own clock, at this moment. */
    synchronized boolean held() {
        return term != null && time.now() < term.until;
    }

    synchronized long epoch() {
        return lastEpoch;
    }

    /**
     * Takes the lease. True if it is held, false if another has it.
     *
     * @param lost is told once when this holding ends without {@link #release} (LEASE-05); the last one given is
     */
    CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
        synchronized (this) {
            onLost = lost;
        }
        return acquire();
    }

    /** Takes the lease; who was to be told of its loss still is. */
    CompletionStage<Boolean> acquire() {
        CompletableFuture<Boolean> answer;
        String token;
        long mine;
        long sent;
        synchronized (this) {
            if (held()) {
                return CompletableFuture.completedFuture(true);
            }
            if (taking != null) {
                return taking;
            }
            term = null;
            taking = new CompletableFuture<>();
            answer = taking;
            mine = ++turn;
            token = owner + "#" + mine;
            sent = time.now();
        }
        store.take(lease, token, timing.ttl())
                .whenComplete((epoch, failure) -> step(() -> onTaken(mine, token, sent, epoch, failure)));
        time.after(
                timing.timeout(),
                () -> step(() -> onTaken(
                        mine,
                        token,
                        sent,
                        OptionalLong.empty(),
                        new TimeoutException("lease " + lease + ": no answer in "
                                + timing.timeout().toMillis() + " ms"))));
        return answer;
    }

    /** Stops believing, then frees the lease for others. True if it was this holder's or if nothing was held. */
    CompletionStage<Boolean> release() {
        Term ended;
        CompletableFuture<Boolean> givenUp;
        synchronized (this) {
            ended = term;
            givenUp = taking;
            term = null;
            taking = null;
            turn++;
        }
        if (givenUp != null) {
            givenUp.complete(false);
        }
        return ended == null ? CompletableFuture.completedFuture(true) : store.release(lease, ended.token, ended.epoch);
    }

    /** Changes state under the lock and tells others about it outside. */
    private void step(Supplier<Runnable> change) {
        Runnable tell;
        synchronized (this) {
            tell = change.get();
        }
        tell.run();
    }

    private Runnable onTaken(
            long mine, String token, long sent, @Nullable OptionalLong epoch, @Nullable Throwable failure) {
        CompletableFuture<Boolean> answer = taking;
        if (mine != turn || answer == null) {
            return giveBack(token, epoch);
        }
        taking = null;
        turn++;
        if (failure != null) {
            return () -> answer.completeExceptionally(failure);
        }
        long until = timing.believedUntil(sent);
        if (epoch == null || epoch.isEmpty() || time.now() >= until) {
            Runnable back = giveBack(token, epoch);
            return () -> {
                back.run();
                answer.complete(false);
            };
        }
        lastEpoch = epoch.getAsLong();
        term = new Term(token, lastEpoch, until, Optional.empty());
        long current = turn;
        return () -> {
            time.after(timing.interval(), () -> renew(current));
            watch(current, until);
            answer.complete(true);
        };
    }

    /**
     * What an answer took that nobody waits for any more, or that came too late to believe in, is free for others. Only that
     * attempt has the token: were it shared, a late answer could give away what a later attempt holds (LEASE-07).
     */
    private Runnable giveBack(String token, @Nullable OptionalLong epoch) {
        return epoch == null || epoch.isEmpty() ? NOTHING : () -> store.release(lease, token, epoch.getAsLong());
    }

    private void renew(long current) {
        Term now;
        long sent;
        synchronized (this) {
            now = term;
            sent = time.now();
            if (current != turn || now == null) {
                return;
            }
        }
        store.renew(lease, now.token, now.epoch, timing.ttl())
                .whenComplete((kept, failure) -> step(() -> onRenewed(current, sent, kept, failure)));
        time.after(timing.interval(), () -> renew(current));
    }

    private Runnable onRenewed(long current, long sent, @Nullable Boolean kept, @Nullable Throwable failure) {
        Term now = term;
        if (current != turn || now == null) {
            return NOTHING;
        }
        if (failure != null) {
            term = new Term(now.token, now.epoch, now.until, Optional.of(failure));
            return NOTHING;
        }
        if (!Boolean.TRUE.equals(kept)) {
            return lose(Optional.of(new IllegalStateException("lease " + lease + " was taken by another")));
        }
        term = new Term(now.token, now.epoch, Math.max(now.until, timing.believedUntil(sent)), Optional.empty());
        return NOTHING;
    }

    /** Looks at the end of belief whether it was put off, and gives the lease up if not. */
    private void watch(long current, long until) {
        time.after(
                Duration.ofNanos(Math.max(0, until - time.now())),
                () -> step(() -> {
                    Term now = term;
                    if (current != turn || now == null) {
                        return NOTHING;
                    }
                    return time.now() < now.until ? () -> watch(current, now.until) : lose(now.trouble);
                }));
    }

    private Runnable lose(Optional<Throwable> cause) {
        term = null;
        turn++;
        Consumer<Optional<Throwable>> told = onLost;
        return () -> told.accept(cause);
    }
}

package computer.autonet.engine.survival;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Survival engine of a node: it looks at the disk and asks the journal at a steady pace, and tells what it found. */
public final class Survival implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Survival.class);

    /** With less a blob or a journal segment may fail to be written whole. */
    public static final long LEAST_FREE_BYTES = 64L << 20;

    private static final long ANSWER_SECONDS = 10;

    /** From bytes, as a shift. */
    private static final int MIB = 20;

    /**
     * The disk that blobs are on.
     *
     * @param blobBytes taken by blobs
     * @param freeBytes left for this user
     */
    public record Disk(long blobBytes, long freeBytes) {}

    /** What the last look found. */
    public record Health(boolean journalAnswers, boolean diskAnswers, Disk disk) {
        public boolean good() {
            return journalAnswers && diskAnswers && disk.freeBytes() >= LEAST_FREE_BYTES;
        }

        /** For the node's operator: what is wrong, and what to do about it. */
        String sentence() {
            List<String> parts = new ArrayList<>();
            if (!journalAnswers) {
                parts.add("the journal was not read and written within " + ANSWER_SECONDS
                        + " s: see that its database runs and is within reach; where it is embedded, that its disk works and"
                        + " has room, and start this node again");
            }
            if (!diskAnswers) {
                parts.add("the disk of the blobs does not answer: see that it is there and may be written");
            } else if (disk.freeBytes() < LEAST_FREE_BYTES) {
                parts.add("only " + (disk.freeBytes() >> MIB) + " MiB are free on the disk of the blobs: make room for "
                        + (LEAST_FREE_BYTES >> MIB) + " MiB");
            }
            return parts.isEmpty()
                    ? "journal and disk are well again; this node serves"
                    : "this node does not serve, because " + String.join("; and ", parts)
                            + "; it serves again when all is well";
        }
    }

    /** While something is wrong it looks so many times as often: whoever waits hears soon that all is well again. */
    private static final int UNWELL = 10;

    private final Supplier<CompletionStage<?>> journal;
    private final Callable<Disk> disk;
    private final Duration every;
    private final ScheduledExecutorService pace;
    /** Why the journal did not answer; touched by looks only. */
    private String trouble = "";

    private volatile Health last = new Health(true, true, new Disk(0, LEAST_FREE_BYTES));

    /**
     * Looks once every {@code every}, and sooner again when it found something wrong; until the first look the node counts as
     * healthy.
     *
     * @param journal completes once the journal has been read, and written where that is not asked for all the time anyway
     * @param disk may block
     */
    public Survival(Supplier<CompletionStage<?>> journal, Callable<Disk> disk, Duration every) {
        this.journal = journal;
        this.disk = disk;
        this.every = every;
        this.pace = Executors.newSingleThreadScheduledExecutor(look -> {
            var thread = new Thread(look, "autonet-survival");
            thread.setDaemon(true);
            return thread;
        });
        lookLater();
    }

    private void lookLater() {
        Duration pause = last.good() ? every : every.dividedBy(UNWELL);
        try {
            var unused = pace.schedule(
                    () -> {
                        look();
                        lookLater();
                    },
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed: no more looks");
        }
    }

    public Health health() {
        return last;
    }

    void look() {
        boolean journalAnswers = journalAnswers();
        Health before = last;
        Health now;
        try {
            now = new Health(journalAnswers, true, disk.call());
        } catch (Exception e) {
            LOG.debug("the disk of the blobs does not answer", e);
            now = new Health(journalAnswers, false, before.disk());
        }
        if (pace.isShutdown()) {
            // Closing cut the look off: it says nothing about disk and journal.
            return;
        }
        last = now;
        if (before.good() != now.good()) {
            LOG.warn("{}{}", now.sentence(), journalAnswers ? "" : " (" + trouble + ")");
        }
    }

    private boolean journalAnswers() {
        try {
            journal.get().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            LOG.debug("the journal does not answer", e);
            trouble = String.valueOf(root(e));
            return false;
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }

    @Override
    public void close() {
        pace.shutdownNow();
    }
}

package computer.autonet.adapter.journal;

import static computer.autonet.adapter.journal.JournalException.Reason.CONFLICT;
import static computer.autonet.adapter.journal.JournalException.Reason.UNAVAILABLE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The one thread that writes: it takes everything that waits, writes it as one batch with one sync, then acknowledges all of it (JRN-01, JRN-02). */
final class GroupCommit implements AutoCloseable {
    /** Waiting appends. An entity waits for its own, so this many entities can write at once before callers block. */
    static final int QUEUE = 8192;
    /** A group ends after so many bytes, so that one sync stays short. */
    private static final long GROUP_BYTES = 4L << 20;
    /** Highest numbers remembered, so that a writing entity costs no lookup. */
    private static final int REMEMBERED = 65_536;

    /** Looks up a stored number: the highest of an id, or a counter's. */
    interface Stored {
        long of(String persistenceId) throws RocksDBException;
    }

    private sealed interface Request {
        CompletableFuture<Void> done();
    }

    private record Write(List<EventLog.Append> appends, CompletableFuture<Void> done) implements Request {}

    private record Delete(String persistenceId, long upTo, CompletableFuture<Void> done) implements Request {}

    private record Increment(String counter, AtomicLong value, CompletableFuture<Void> done) implements Request {}

    private final RocksDB db;
    private final Stored stored;
    private final Stored storedCount;
    private final Consumer<String> appended;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<String, Long> highest = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    /** Counters of which a group under way has raised the value; emptied after it. */
    private final Map<String, Long> raised = new HashMap<>();

    private final Thread thread = new Thread(this::run, "journal-commit");
    private volatile boolean closed;

    GroupCommit(RocksDB db, Stored stored, Stored storedCount, Consumer<String> appended) {
        this.db = db;
        this.stored = stored;
        this.storedCount = storedCount;
        this.appended = appended;
        thread.setDaemon(true);
        thread.start();
    }

    CompletionStage<Void> append(List<EventLog.Append> appends) {
        return submit(new Write(List.copyOf(appends), new CompletableFuture<>()));
    }

    CompletionStage<Void> deleteTo(String persistenceId, long upTo) {
        return submit(new Delete(persistenceId, upTo, new CompletableFuture<>()));
    }

    CompletionStage<Long> increment(String counter) {
        AtomicLong value = new AtomicLong();
        return submit(new Increment(counter, value, new CompletableFuture<>())).thenApply(done -> value.get());
    }

    private CompletionStage<Void> submit(Request request) {
        try {
            // The thread does not end before this is set, and answers afterwards whatever it finds.
            while (!closed) {
                if (queue.offer(request, 100, TimeUnit.MILLISECONDS)) {
                    // It may have looked for the last time between the look and the offer: then nobody would answer.
                    if (closed && queue.remove(request)) {
                        break;
                    }
                    return request.done();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        request.done().completeExceptionally(new JournalException(UNAVAILABLE, "the journal is closed; open it again"));
        return request.done();
    }

    private void run() {
        try (WriteOptions synced = new WriteOptions().setSync(true)) {
            while (true) {
                Request first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    commit(first, synced);
                } else if (closed) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // However the thread ends, nobody waits for it.
            closed = true;
            for (@Nullable Request left = queue.poll(); left != null; left = queue.poll()) {
                left.done()
                        .completeExceptionally(
                                new JournalException(UNAVAILABLE, "the journal ended; restart the node"));
            }
        }
    }

    private void commit(Request first, WriteOptions synced) {
        List<Request> group = new ArrayList<>();
        raised.clear();
        Set<String> touched = new HashSet<>();
        try (WriteBatch batch = new WriteBatch()) {
            for (@Nullable Request next = first; next != null; next = nextOf(batch)) {
                batch.setSavePoint();
                try {
                    add(next, batch, touched);
                    group.add(next);
                } catch (JournalException | RocksDBException | RuntimeException e) {
                    batch.rollbackToSavePoint();
                    next.done().completeExceptionally(e);
                }
            }
            db.write(synced, batch);
        } catch (RocksDBException | RuntimeException e) {
            highest.clear();
            JournalException failure = new JournalException(
                    UNAVAILABLE,
                    "the disk refused a write (" + e.getMessage() + "); free space or repair it, then restart",
                    e);
            group.forEach(request -> request.done().completeExceptionally(failure));
            return;
        }
        group.forEach(request -> request.done().complete(null));
        touched.forEach(appended);
    }

    private @Nullable Request nextOf(WriteBatch batch) {
        return batch.getDataSize() < GROUP_BYTES ? queue.poll() : null;
    }

    private void add(Request request, WriteBatch batch, Set<String> touched) throws JournalException, RocksDBException {
        if (request instanceof Write write) {
            Map<String, Long> next = numbersAfter(write);
            for (EventLog.Append append : write.appends()) {
                for (EventLog.Event event : append.events()) {
                    batch.put(Keys.event(append.persistenceId(), event.sequenceNr()), event.bytes());
                }
                touched.add(append.persistenceId());
            }
            highest.putAll(next);
        } else if (request instanceof Delete delete) {
            String id = delete.persistenceId();
            long last = highestOf(id);
            batch.deleteRange(Keys.event(id, 0), Keys.event(id, Math.min(delete.upTo(), last) + 1));
            batch.put(Keys.highest(id), Keys.number(last));
        } else if (request instanceof Increment increment) {
            Long before = raised.get(increment.counter());
            long value = 1 + (before == null ? storedCount.of(increment.counter()) : before);
            batch.put(Keys.counter(increment.counter()), Keys.number(value));
            raised.put(increment.counter(), value);
            increment.value().set(value);
        }
    }

    /** The highest numbers once this write is done; refuses it whole if a number would be taken twice (JRN-04). */
    private Map<String, Long> numbersAfter(Write write) throws JournalException, RocksDBException {
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (EventLog.Append append : write.appends()) {
            String id = append.persistenceId();
            Long before = numbers.get(id);
            long last = before == null ? highestOf(id) : before;
            for (EventLog.Event event : append.events()) {
                if (event.sequenceNr() <= last) {
                    throw new JournalException(
                            CONFLICT,
                            "event " + event.sequenceNr() + " of " + id + " came after event " + last
                                    + " was stored: two writers of one id; the later one must recover first");
                }
                last = event.sequenceNr();
            }
            numbers.put(id, last);
        }
        return numbers;
    }

    private long highestOf(String persistenceId) throws RocksDBException {
        Long known = highest.get(persistenceId);
        if (known != null) {
            return known;
        }
        long found = stored.of(persistenceId);
        highest.put(persistenceId, found);
        return found;
    }

    /** Writes what waits and ends the thread. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

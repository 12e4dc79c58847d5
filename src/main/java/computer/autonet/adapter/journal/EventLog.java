package computer.autonet.adapter.journal;

import static computer.autonet.adapter.journal.JournalException.Reason.DAMAGED;
import static computer.autonet.adapter.journal.JournalException.Reason.UNAVAILABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;

/**
 * The events of every persistence id of one machine, in one RocksDB whose write-ahead log is synced before an append is
 * acknowledged (JRN-01). Appends that arrive while a sync is under way share the next one.
 *
 * <p>Readers see an event only after its sync: RocksDB moves a batch into sight after its log write. Every entry carries
 * RocksDB's checksum, in the write-ahead log and in the tables, and a mismatch is an error, never a shorter answer.
 */
public final class EventLog implements AutoCloseable {
    /** What to do at opening with a write-ahead log whose end does not match its checksums. */
    public enum Recovery {
        /** Drop an incomplete last record, which was never acknowledged; refuse every other damage (JRN-03). */
        STRICT,
        /** Keep everything before the first damage: for a disk that lost power in the middle of a sync. */
        UP_TO_DAMAGE
    }

    /** One event's number, which starts at one for each persistence id, and its bytes, which stay as they were given. */
    public record Event(long sequenceNr, byte[] bytes) {}

    private static final long WRITE_BUFFER_BYTES = 32L << 20;
    /** Table files kept open: the rest are opened when read. */
    private static final int OPEN_FILES = 256;

    private final DirectoryLock lock;
    private final Options options;
    private final RocksDB db;
    private final GroupCommit commits;
    private final Appends appends = new Appends();
    /** Readers share it; closing takes it alone, because RocksDB must not be read after it is closed. */
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

    private boolean closed;

    private EventLog(DirectoryLock lock, Options options, RocksDB db) {
        this.lock = lock;
        this.options = options;
        this.db = db;
        this.commits = new GroupCommit(db, this::storedHighest, this::storedCount, appends::signal);
    }

    /**
     * Opens the log of a directory, creating it if there is none.
     *
     * @throws JournalException if another process has it (JRN-05) or it is damaged (JRN-03)
     */
    public static EventLog open(Path directory, Recovery recovery) throws IOException {
        RocksDB.loadLibrary();
        DirectoryLock lock = DirectoryLock.take(directory);
        Options options = new Options()
                .setCreateIfMissing(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(
                        recovery == Recovery.STRICT
                                ? WALRecoveryMode.TolerateCorruptedTailRecords
                                : WALRecoveryMode.PointInTimeRecovery)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxOpenFiles(OPEN_FILES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
        try {
            Path events = Files.createDirectories(directory.resolve("events"));
            return new EventLog(lock, options, RocksDB.open(options, events.toString()));
        } catch (RocksDBException e) {
            options.close();
            lock.close();
            throw new JournalException(
                    DAMAGED,
                    "the journal in " + directory + " does not open (" + e.getMessage()
                            + "); restore it from a copy, or, if the machine lost power and the end of the log may be lost,"
                            + " start once with recovery = up-to-damage",
                    e);
        } catch (IOException | RuntimeException e) {
            options.close();
            lock.close();
            throw e;
        }
    }

    /**
     * Appends events of one or more persistence ids, all or none. The stage completes when they are on disk; it fails with
     * a {@link JournalException} if a number is not above the highest one of its id (JRN-04). Blocks while the queue of
     * {@link GroupCommit#QUEUE} appends is full.
     */
    public CompletionStage<Void> append(List<Append> batch) {
        return commits.append(batch);
    }

    /** Events of one persistence id to append, in ascending order. */
    public record Append(String persistenceId, List<Event> events) {
        public Append {
            events = List.copyOf(events);
        }
    }

    /** Forgets the events up to a number; the highest number of the id stays (JRN-06). */
    public CompletionStage<Void> deleteTo(String persistenceId, long toSequenceNr) {
        return commits.deleteTo(persistenceId, toSequenceNr);
    }

    /** Adds one to a counter, which starts at zero, and answers with its new value once that is on disk. */
    public CompletionStage<Long> increment(String counter) {
        return commits.increment(counter);
    }

    /** At most {@code limit} events with numbers from {@code from} to {@code to}, both included, in ascending order. */
    public List<Event> read(String persistenceId, long from, long to, int limit) throws IOException {
        return reading(() -> {
            List<Event> events = new ArrayList<>();
            byte[] last = Keys.event(persistenceId, to);
            try (RocksIterator it = db.newIterator()) {
                it.seek(Keys.event(persistenceId, Math.max(0, from)));
                while (it.isValid() && events.size() < limit && Arrays.compareUnsigned(it.key(), last) <= 0) {
                    events.add(new Event(Keys.sequenceNr(it.key()), it.value()));
                    it.next();
                }
                it.status();
            }
            return events;
        });
    }

    /** The highest number that was ever stored for the id, deleted or not; 0 if none was. */
    public long highest(String persistenceId) throws IOException {
        return reading(() -> storedHighest(persistenceId));
    }

    private long storedHighest(String persistenceId) throws RocksDBException {
        try (RocksIterator it = db.newIterator()) {
            it.seekForPrev(Keys.event(persistenceId, Long.MAX_VALUE));
            if (it.isValid() && Keys.belongsTo(it.key(), persistenceId)) {
                return Keys.sequenceNr(it.key());
            }
            it.status();
        }
        byte[] atDeletion = db.get(Keys.highest(persistenceId));
        return atDeletion == null ? 0 : Keys.number(atDeletion);
    }

    private long storedCount(String counter) throws RocksDBException {
        byte[] count = db.get(Keys.counter(counter));
        return count == null ? 0 : Keys.number(count);
    }

    /** The first {@code limit} persistence ids, in the order of their UTF-8 bytes, after {@code after}. */
    public List<String> persistenceIds(Optional<String> after, int limit) throws IOException {
        return reading(() -> {
            List<String> ids = new ArrayList<>();
            try (RocksIterator it = db.newIterator()) {
                it.seek(after.map(Keys::afterAllEventsOf).orElseGet(Keys::firstEvent));
                while (it.isValid() && ids.size() < limit && Keys.isEvent(it.key())) {
                    String id = Keys.persistenceId(it.key());
                    ids.add(id);
                    it.seek(Keys.afterAllEventsOf(id));
                }
                it.status();
            }
            return ids;
        });
    }

    /** Calls {@code listener} after each append to the id, on the writing thread: it must only signal. */
    Appends.Registration onAppend(String persistenceId, Runnable listener) {
        return appends.listen(persistenceId, listener);
    }

    private interface Read<T> {
        T run() throws RocksDBException;
    }

    private <T> T reading(Read<T> read) throws IOException {
        open.readLock().lock();
        try {
            if (closed) {
                throw new JournalException(UNAVAILABLE, "the journal is closed; open it again");
            }
            return read.run();
        } catch (RocksDBException e) {
            throw new JournalException(DAMAGED, "reading failed (" + e.getMessage() + "); restore from a copy", e);
        } finally {
            open.readLock().unlock();
        }
    }

    /** Completes what was queued, then closes. */
    @Override
    public void close() throws IOException {
        commits.close();
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                db.close();
                options.close();
                lock.close();
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}

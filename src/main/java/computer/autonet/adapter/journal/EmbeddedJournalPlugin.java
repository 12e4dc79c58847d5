package computer.autonet.adapter.journal;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** Pekko's journal over an {@link EventLog}. Payload bytes come from Pekko serialization, so the journal knows no event of anybody's (JRN-11). */
public final class EmbeddedJournalPlugin extends AsyncWriteJournal {
    /** Events read at a time in a replay. */
    private static final int PAGE = 256;

    private final Serialization serialization =
            SerializationExtension.get(context().system());
    private final EventLog log;
    private final Executor readers;

    /** Pekko creates it with the plugin's own settings. */
    public EmbeddedJournalPlugin(Config plugin) throws IOException {
        log = EmbeddedJournal.get(context().system()).log(plugin);
        readers = context().system().dispatchers().lookup(plugin.getString("replay-dispatcher"));
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        List<EventLog.Append> appends = new ArrayList<>();
        List<Optional<Exception>> answers = new ArrayList<>();
        for (AtomicWrite write : messages) {
            try {
                appends.add(append(write));
                answers.add(Optional.empty());
            } catch (Exception notSerializable) {
                answers.add(Optional.of(notSerializable));
            }
        }
        CompletionStage<Iterable<Optional<Exception>>> answer =
                log.append(appends).thenApply(stored -> answers);
        return FutureConverters.asScala(answer);
    }

    private EventLog.Append append(AtomicWrite write) {
        List<EventLog.Event> events = new ArrayList<>();
        for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
            PersistentRepr plain =
                    event.payload() instanceof Tagged tagged ? event.withPayload(tagged.payload()) : event;
            events.add(new EventLog.Event(
                    event.sequenceNr(), serialization.serialize(plain).get()));
        }
        return new EventLog.Append(write.persistenceId(), events);
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        return FutureConverters.asScala(log.deleteTo(persistenceId, toSequenceNr));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
        return FutureConverters.asScala(CompletableFuture.runAsync(
                () -> {
                    long next = from;
                    long left = max;
                    while (left > 0 && next <= to) {
                        int limit = (int) Math.min(PAGE, left);
                        long first = next;
                        List<EventLog.Event> page = read(() -> log.read(persistenceId, first, to, limit));
                        for (EventLog.Event event : page) {
                            replay.accept(serialization
                                    .deserialize(event.bytes(), PersistentRepr.class)
                                    .get());
                        }
                        if (page.size() < limit) {
                            return;
                        }
                        left -= limit;
                        next = page.get(page.size() - 1).sequenceNr() + 1;
                    }
                },
                readers));
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
        return FutureConverters.asScala(
                CompletableFuture.supplyAsync(() -> read(() -> log.highest(persistenceId)), readers));
    }

    private interface Read<T> {
        T run() throws IOException;
    }

    private static <T> T read(Read<T> read) {
        try {
            return read.run();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}

package computer.autonet.adapter.journal;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.stream.javadsl.Source;

/** The queries of the embedded journal: which ids there are, and the events of one id, up to now or live (JRN-10). */
public final class EmbeddedReadJournal
        implements ReadJournal,
                CurrentPersistenceIdsQuery,
                CurrentEventsByPersistenceIdQuery,
                EventsByPersistenceIdQuery {
    /** The plugin id to give to {@code PersistenceQuery.getReadJournalFor}. */
    public static final String IDENTIFIER = "autonet.embedded-journal.query";

    /** Ids or events read at a time. */
    private static final int PAGE = 128;

    private final EventLog log;
    private final Serialization serialization;
    private final Executor readers;

    EmbeddedReadJournal(ExtendedActorSystem system, Config plugin) throws IOException {
        String journal = plugin.getString("write-plugin");
        this.log = EmbeddedJournal.get(system).log(system.settings().config().getConfig(journal));
        this.serialization = SerializationExtension.get(system);
        this.readers = system.dispatchers().lookup(plugin.getString("read-dispatcher"));
    }

    @Override
    public Source<String, NotUsed> currentPersistenceIds() {
        return Source.<Optional<String>, List<String>>unfoldAsync(
                        Optional.empty(),
                        after -> CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        List<String> ids = log.persistenceIds(after, PAGE);
                                        return ids.isEmpty()
                                                ? Optional.empty()
                                                : Optional.of(Pair.create(Optional.of(ids.get(ids.size() - 1)), ids));
                                    } catch (IOException e) {
                                        throw new CompletionException(e);
                                    }
                                },
                                readers))
                .mapConcat(ids -> ids);
    }

    @Override
    public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(String persistenceId, long from, long to) {
        return events(persistenceId, from, to, false);
    }

    @Override
    public Source<EventEnvelope, NotUsed> eventsByPersistenceId(String persistenceId, long from, long to) {
        return events(persistenceId, from, to, true);
    }

    private Source<EventEnvelope, NotUsed> events(String persistenceId, long from, long to, boolean live) {
        return Source.fromGraph(new EventSource(log, readers, persistenceId, from, to, PAGE, live))
                .map(event -> {
                    PersistentRepr stored = serialization
                            .deserialize(event.bytes(), PersistentRepr.class)
                            .get();
                    return new EventEnvelope(
                            Offset.sequence(event.sequenceNr()),
                            persistenceId,
                            event.sequenceNr(),
                            stored.payload(),
                            stored.timestamp(),
                            stored.metadata());
                });
    }
}

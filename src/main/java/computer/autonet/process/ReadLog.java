package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * What the journal holds of the processes, read past the hosts through the configured read journal. A stream that the journal
 * breaks off fails with {@link Unanswered}.
 */
final class ReadLog {
    /** The setting that names the read journal's plugin. */
    static final String PLUGIN = "autonet.read-journal";

    /**
     * An entry in the journal.
     *
     * @param sequence its number there; other than slots it also counts what is beside the chain
     */
    record Found(long sequence, Bytes stored) {}

    private final ActorSystem<?> system;
    private final CurrentEventsByPersistenceIdQuery events;
    private final CurrentPersistenceIdsQuery ids;

    ReadLog(ActorSystem<?> system) {
        String plugin = system.settings().config().getString(PLUGIN);
        ReadJournal journal = PersistenceQuery.get(system).getReadJournalFor(ReadJournal.class, plugin);
        if (!(journal instanceof CurrentEventsByPersistenceIdQuery byId)
                || !(journal instanceof CurrentPersistenceIdsQuery all)) {
            throw new IllegalArgumentException(
                    PLUGIN + " = " + plugin + " cannot list ids and events: name one that can");
        }
        this.system = system;
        this.events = byId;
        this.ids = all;
    }

    /** The entries recorded up to now, from a place in the journal on. */
    Source<Found, NotUsed> entries(ProcessId id, long fromSequence) {
        return events.currentEventsByPersistenceId(
                        ProcessActor.persistenceId(id).id(), fromSequence, Long.MAX_VALUE)
                .mapError(Exception.class, Unanswered::new)
                .filter(found -> found.event() instanceof JournalRecord.Entry)
                .map(found -> new Found(found.sequenceNr(), ((JournalRecord.Entry) found.event()).stored()));
    }

    /** Whether anything was ever recorded of a process: events are never deleted, so then there is a first one. */
    CompletionStage<Boolean> hasEvents(ProcessId id) {
        return events.currentEventsByPersistenceId(
                        ProcessActor.persistenceId(id).id(), 1, 1)
                .mapError(Exception.class, Unanswered::new)
                .runWith(Sink.headOption(), system)
                .thenApply(Optional::isPresent);
    }

    /** Every process of which anything was recorded. */
    Source<ProcessId, NotUsed> processIds() {
        return ids.currentPersistenceIds()
                .mapError(Exception.class, Unanswered::new)
                .map(ReadLog::processId)
                .filter(Optional::isPresent)
                .map(Optional::get);
    }

    /** Other ids are the sharding's own. */
    private static Optional<ProcessId> processId(String persistenceId) {
        int separator = persistenceId.indexOf('|');
        if (separator < 0 || persistenceId.length() != separator + 1 + 2 * Hash.SIZE) {
            return Optional.empty();
        }
        String label = persistenceId.substring(0, separator);
        for (Kind kind : Kind.values()) {
            if (kind.label().equals(label)) {
                return Optional.of(new ProcessId(kind, Hash.ofHex(persistenceId.substring(separator + 1))));
            }
        }
        return Optional.empty();
    }
}

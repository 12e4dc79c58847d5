package computer.autonet.adapter.journal;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionId;
import org.apache.pekko.actor.ExtensionIdProvider;

/** The event logs that an actor system has open, one per directory, shared by its journal and read journal and closed when it ends. */
public final class EmbeddedJournal implements Extension {
    /** Where the journal plugin's settings are. */
    public static final String PLUGIN = "autonet.embedded-journal.journal";

    private static final String PROBE = "probe";

    private static final Id ID = new Id();

    private final Map<Path, EventLog> logs = new HashMap<>();
    private boolean ended;

    private EmbeddedJournal(ExtendedActorSystem system) {
        system.registerOnTermination(this::end);
    }

    public static EmbeddedJournal get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /**
     * Opens the journal that the settings of {@code system} name. A node calls it first, so that a directory in use or
     * damaged ends the start with a message instead of a time-out of the first entity.
     */
    public static EventLog open(ClassicActorSystemProvider system) throws IOException {
        return get(system).log(system.classicSystem().settings().config().getConfig(PLUGIN));
    }

    /**
     * Opens the journal for a network, and from the first time on for no other (JRN-13).
     *
     * @throws JournalException if it is another network's
     */
    public static void claim(ClassicActorSystemProvider system, String networkId) throws IOException {
        open(system);
        NetworkMark.claim(directory(system.classicSystem().settings().config().getConfig(PLUGIN)), networkId);
    }

    private static Path directory(Config plugin) {
        return Path.of(plugin.getString("dir")).toAbsolutePath().normalize();
    }

    /** The log of the directory {@code dir}, opened if it is not open yet. */
    synchronized EventLog log(Config plugin) throws IOException {
        if (ended) {
            throw new JournalException(
                    JournalException.Reason.UNAVAILABLE, "the actor system has ended; start another");
        }
        Path directory = directory(plugin);
        EventLog known = logs.get(directory);
        if (known != null) {
            return known;
        }
        EventLog opened = EventLog.open(directory, recovery(plugin.getString("recovery")));
        logs.put(directory, opened);
        return opened;
    }

    private static EventLog.Recovery recovery(String setting) {
        return switch (setting) {
            case "strict" -> EventLog.Recovery.STRICT;
            case "up-to-damage" -> EventLog.Recovery.UP_TO_DAMAGE;
            default ->
                throw new IllegalArgumentException(
                        PLUGIN + ".recovery is '" + setting + "'; write strict or up-to-damage");
        };
    }

    /** Writes a count; completes once it is on disk, so that whoever asks knows whether the journal still can be written. */
    public static CompletionStage<Long> probe(ClassicActorSystemProvider system) {
        try {
            return open(system).increment(PROBE);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized void end() {
        ended = true;
        for (EventLog log : logs.values()) {
            try {
                log.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Id extends AbstractExtensionId<EmbeddedJournal> implements ExtensionIdProvider {
        @Override
        public EmbeddedJournal createExtension(ExtendedActorSystem system) {
            return new EmbeddedJournal(system);
        }

        @Override
        public ExtensionId<? extends Extension> lookup() {
            return this;
        }

        @Override
        public EmbeddedJournal get(ClassicActorSystemProvider system) {
            return super.get(system);
        }

        @Override
        public EmbeddedJournal get(ActorSystem system) {
            return super.get(system);
        }
    }
}

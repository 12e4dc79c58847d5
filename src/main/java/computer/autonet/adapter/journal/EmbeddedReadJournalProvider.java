package computer.autonet.adapter.journal;

import com.typesafe.config.Config;
import java.io.IOException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.query.ReadJournalProvider;

/** Pekko's way to the read journal, for both of its languages. */
public final class EmbeddedReadJournalProvider implements ReadJournalProvider {
    private final EmbeddedReadJournal journal;

    /** Pekko creates it with the plugin's own settings. */
    public EmbeddedReadJournalProvider(ExtendedActorSystem system, Config plugin) throws IOException {
        journal = new EmbeddedReadJournal(system, plugin);
    }

    @Override
    public EmbeddedScalaReadJournal scaladslReadJournal() {
        return new EmbeddedScalaReadJournal(journal);
    }

    @Override
    public EmbeddedReadJournal javadslReadJournal() {
        return journal;
    }
}

package computer.autonet.adapter.journal;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.io.TempDir;

/** The behaviour of every journal, on the embedded one. */
class EmbeddedJournalTest extends JournalBehaviour {
    @TempDir
    Path directory;

    @Override
    Config settings() {
        return Systems.embedded(directory);
    }

    @Override
    void claim(ActorSystem<?> system, String networkId) throws IOException {
        EmbeddedJournal.claim(system, networkId);
    }
}

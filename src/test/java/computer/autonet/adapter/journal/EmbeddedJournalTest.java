package computer.autonet.adapter.journal;

import com.typesafe.config.Config;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The behaviour of every journal, on the embedded one. */
class EmbeddedJournalTest extends JournalBehaviour {
    @TempDir
    Path directory;

    @Override
    Config settings() {
        return Systems.embedded(directory);
    }
}

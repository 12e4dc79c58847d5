package computer.autonet.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

/** One thing that can be measured. */
interface Measurement {
    /** As users name it on the command line. */
    String name();

    /**
     * Measures, after a warm-up.
     *
     * @param scratch an empty folder of its own
     * @param seconds how long to measure; the warm-up comes on top
     * @return figures by name, the unit last in the name
     */
    SortedMap<String, Object> measure(Path scratch, int seconds) throws IOException, InterruptedException;
}

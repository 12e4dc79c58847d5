package computer.autonet.adapter.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import computer.autonet.adapter.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in a journal's directory that names the network whose processes it holds (JRN-13). */
final class NetworkMark {
    private static final String FILE = "network";

    private NetworkMark() {}

    /**
     * Marks a directory that has no mark yet. Its lock must be held.
     *
     * @throws JournalException if it is marked for another network
     */
    static void claim(Path directory, String networkId) throws IOException {
        Path mark = directory.resolve(FILE);
        if (!Files.exists(mark)) {
            WholeFile.replace(mark, US_ASCII.encode(networkId + "\n"));
            return;
        }
        String marked = Files.readString(mark, US_ASCII).strip();
        if (!marked.equals(networkId)) {
            throw new JournalException(
                    JournalException.Reason.OTHER_NETWORK, refusal("" + directory, marked, networkId));
        }
    }

    /** What to tell the user of a journal that is another network's. */
    static String refusal(String where, String marked, String networkId) {
        return where + " holds the journal of network " + marked + ", not of " + networkId
                + "; start with that network's genesis file, or give this one another place";
    }
}

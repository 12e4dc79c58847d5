package computer.autonet.process;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The settings under {@code autonet.process}; cluster.conf explains each.
 *
 * @param snapshotEvery records between two snapshots of one process
 * @param idleTimeout after which a process that owes nothing leaves memory
 * @param deliveryWindow messages to one receiver that may be under way unacknowledged
 * @param resendMin wait for an acknowledgement before sending again; doubles up to {@code resendMax}
 * @param marksBatch acknowledgements recorded together
 * @param marksDelay longest wait before they are recorded
 * @param maxArrivals submissions to one process that may wait for their turn
 * @param maxVerifying messages of one node that may wait for their signatures
 * @param maxSubscribers live watchers of one process; others re-read the journal
 * @param renewal how often a watcher renews its subscription; three missed end it
 * @param watchBuffer live entries that wait for one slow watcher; then it re-reads the journal
 * @param maxInFlight asks of one node under way
 * @param maxBegun processes of which one node remembers that they have a log; it looks the others up
 * @param askAttempt wait for one answer before asking again
 * @param askDeadline wait for an answer over all attempts
 * @param shards shards of one kind; the same on every node, for ever
 * @param role nodes with this cluster role host processes
 */
public record HostSettings(
        int snapshotEvery,
        Duration idleTimeout,
        int deliveryWindow,
        Duration resendMin,
        Duration resendMax,
        int marksBatch,
        Duration marksDelay,
        int maxArrivals,
        int maxVerifying,
        int maxSubscribers,
        Duration renewal,
        int watchBuffer,
        int maxInFlight,
        int maxBegun,
        Duration askAttempt,
        Duration askDeadline,
        int shards,
        String role) {
    /** Reads {@code autonet.process} of a resolved configuration. */
    public static HostSettings from(Config root) {
        Config config = root.getConfig("autonet.process");
        return new HostSettings(
                config.getInt("snapshot-every"),
                config.getDuration("idle-timeout"),
                config.getInt("delivery-window"),
                config.getDuration("resend-min"),
                config.getDuration("resend-max"),
                config.getInt("marks-batch"),
                config.getDuration("marks-delay"),
                config.getInt("max-arrivals"),
                config.getInt("max-verifying"),
                config.getInt("max-subscribers"),
                config.getDuration("watch-renewal"),
                config.getInt("watch-buffer"),
                config.getInt("max-in-flight"),
                config.getInt("max-begun"),
                config.getDuration("ask-attempt"),
                config.getDuration("ask-deadline"),
                config.getInt("shards"),
                config.getString("role"));
    }
}

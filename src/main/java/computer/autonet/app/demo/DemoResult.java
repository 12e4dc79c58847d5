package computer.autonet.app.demo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a demo came to; its JSON ends stdout with {@code --json}. Amounts are numbers of ATN with up to 18 decimals, exact
 * where they are read as decimals; accuracies from 0 to 1, losses in nats.
 */
@JsonPropertyOrder({
    "rounds",
    "finalAccuracy",
    "centralAccuracy",
    "participants",
    "ledger",
    "log",
    "project",
    "network",
    "seconds"
})
public record DemoResult(
        List<Round> rounds,
        double finalAccuracy,
        double centralAccuracy,
        List<Participant> participants,
        Ledger ledger,
        Log log,
        String project,
        String network,
        double seconds) {
    /** A published round; {@code attempt} counts the tries that it took. Times are the log's. */
    public record Round(
            int round,
            int attempt,
            double accuracy,
            double loss,
            int accepted,
            int rejected,
            int silent,
            String model,
            long openedMillis,
            long publishedMillis) {}

    public record Participant(
            String id, String address, String role, String behaviour, BigDecimal earned, BigDecimal slashed) {}

    /** Issued at genesis; held in balances, locks and in flight. */
    public record Ledger(BigDecimal issued, BigDecimal held) {}

    public record Log(int processes, long messages, long entries, String path) {}
}

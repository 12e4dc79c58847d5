package computer.autonet.app.demo;

import computer.autonet.base.Amount;
import computer.autonet.cli.CliException;
import computer.autonet.codec.SealedEntry;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.project.Earning;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.RoundSummary;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;

/** The attempts at rounds as a project's log tells of them, one after the other. */
final class Attempts {
    /**
     * An attempt that has ended.
     *
     * @param earnings who was paid for it
     * @param charges who was charged since the one before
     * @param roundOpenedMillis when the first attempt at its round was opened, by the log's time
     */
    record Attempt(
            RoundSummary summary,
            List<Earning> earnings,
            SortedMap<MemberKey, Amount> charges,
            long roundOpenedMillis,
            long endedMillis) {}

    private sealed interface Item {}

    private record Ended(Attempt attempt) implements Item {}

    private record Over(String why) implements Item {}

    private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final SortedMap<MemberKey, Amount> charges = new TreeMap<>();
    private int round;
    private long roundOpenedMillis;

    /** Called for one entry at a time, in order. */
    void follow(SealedEntry entry) {
        for (Event event : entry.draft().events()) {
            if (event instanceof ProjectEvent.RoundOpened opened) {
                if (opened.round() != round) {
                    round = opened.round();
                    roundOpenedMillis = entry.draft().timestampMillis();
                }
            } else if (event instanceof ProjectEvent.Charged charged) {
                charges.merge(charged.member(), charged.amount(), Amount::plus);
            } else if (event instanceof ProjectEvent.AttemptEnded ended) {
                items.add(new Ended(new Attempt(
                        ended.summary(),
                        ended.earnings(),
                        new TreeMap<>(charges),
                        roundOpenedMillis,
                        entry.draft().timestampMillis())));
                charges.clear();
            } else if (event instanceof ProjectEvent.Completed) {
                items.add(new Over(""));
            } else if (event instanceof ProjectEvent.Paused paused) {
                items.add(new Over(paused.reason()));
            }
        }
    }

    /**
     * Waits for the next attempt to end; nothing when the project is complete.
     *
     * @throws CliException PROJECT_PAUSED if the project has paused, with its reason
     */
    Optional<Attempt> next() throws InterruptedException {
        Item item = items.take();
        if (item instanceof Ended ended) {
            return Optional.of(ended.attempt());
        }
        String why = ((Over) item).why();
        if (!why.isEmpty()) {
            throw CliException.ours(
                    "PROJECT_PAUSED",
                    "the demo's project has paused: " + why,
                    "start a demo in another folder, with fewer adversaries or another --seed");
        }
        return Optional.empty();
    }
}

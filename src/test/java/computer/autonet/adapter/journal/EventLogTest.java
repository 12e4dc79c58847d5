package computer.autonet.adapter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.adapter.journal.EventLog.Append;
import computer.autonet.adapter.journal.EventLog.Event;
import computer.autonet.adapter.journal.EventLog.Recovery;
import computer.autonet.adapter.journal.JournalException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    @TempDir
    Path directory;

    private EventLog open() throws IOException {
        return EventLog.open(directory, Recovery.STRICT);
    }

    private static Append events(String id, long from, long to) {
        return new Append(
                id,
                IntStream.rangeClosed((int) from, (int) to)
                        .mapToObj(i -> new Event(i, (id + i).repeat(20).getBytes(UTF_8)))
                        .toList());
    }

    private static void append(EventLog log, Append... appends) throws Exception {
        log.append(List.of(appends)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static List<Long> numbers(EventLog log, String id) throws IOException {
        return log.read(id, 0, Long.MAX_VALUE, 10_000).stream()
                .map(Event::sequenceNr)
                .toList();
    }

    /** JRN-04. */
    @Test
    void aNumberIsNeverTakenTwiceAndTheRefusedAppendLeavesNothing() throws Exception {
        try (EventLog log = open()) {
            append(log, events("a", 1, 3));
            assertThatThrownBy(() -> append(log, events("b", 1, 1), events("a", 3, 4)))
                    .cause()
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
            assertThat(numbers(log, "a")).containsExactly(1L, 2L, 3L);
            assertThat(numbers(log, "b")).isEmpty();
            append(log, events("b", 1, 1), events("a", 4, 4));
            assertThat(log.highest("a")).isEqualTo(4);
        }
        try (EventLog log = open()) {
            assertThatThrownBy(() -> append(log, events("a", 4, 4))).hasCauseInstanceOf(JournalException.class);
        }
    }

    /** JRN-02: writers at once share syncs and a refused one among them harms no other. */
    @Test
    void concurrentAppendsAreAllThereAndOnlyTheBadOneFails() throws Exception {
        try (EventLog log = open()) {
            append(log, events("bad", 1, 1));
            List<CompletableFuture<Void>> answers = IntStream.range(0, 500)
                    .mapToObj(i -> log.append(List.of(i == 250 ? events("bad", 1, 1) : events("id" + i, 1, 2)))
                            .toCompletableFuture())
                    .toList();
            for (int i = 0; i < 500; i++) {
                if (i == 250) {
                    assertThat(answers.get(i)).failsWithin(30, TimeUnit.SECONDS);
                } else {
                    answers.get(i).get(30, TimeUnit.SECONDS);
                    assertThat(numbers(log, "id" + i)).containsExactly(1L, 2L);
                }
            }
        }
    }

    /** JRN-06. */
    @Test
    void theHighestNumberOutlivesDeletionWhateverIsDeletedLater() throws Exception {
        try (EventLog log = open()) {
            append(log, events("a", 1, 10));
            log.deleteTo("a", Long.MAX_VALUE - 1).toCompletableFuture().get(30, TimeUnit.SECONDS);
            log.deleteTo("a", 5).toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(numbers(log, "a")).isEmpty();
        }
        try (EventLog log = open()) {
            assertThat(log.highest("a")).isEqualTo(10);
            append(log, events("a", 11, 11));
            assertThat(numbers(log, "a")).containsExactly(11L);
        }
    }

    @Test
    void idsThatBeginAlikeAreKeptApartAndListedInPages() throws Exception {
        try (EventLog log = open()) {
            append(log, events("a", 1, 2), events("ab", 1, 3), events("a\u0001", 1, 1), events("ä", 1, 1));
            assertThat(numbers(log, "a")).containsExactly(1L, 2L);
            assertThat(log.highest("a")).isEqualTo(2);
            assertThat(log.persistenceIds(Optional.empty(), 3)).containsExactly("a", "a\u0001", "ab");
            assertThat(log.persistenceIds(Optional.of("ab"), 3)).containsExactly("ä");
            assertThatThrownBy(() -> log.highest("a\0b")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** JRN-05. */
    @Test
    void aSecondOpeningOfTheDirectoryIsRefusedUntilTheFirstIsClosed() throws Exception {
        EventLog first = open();
        assertInUse();
        first.close();
        open().close();
        assertThatThrownBy(() -> first.highest("a"))
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThat(first.append(List.of(events("a", 1, 1))).toCompletableFuture())
                .failsWithin(30, TimeUnit.SECONDS);
    }

    private void assertInUse() {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IN_USE))
                .hasMessageContaining("stop that one")
                .hasMessageContaining(directory.toString());
    }

    /** JRN-01, JRN-05: a killed process loses nothing that it had acknowledged, and while it lives the directory is its own. */
    @Test
    void killNineLosesNoAcknowledgedEvent() throws Exception {
        long[] acknowledged = new long[Scribe.WRITERS];
        for (int life = 0; life < 3; life++) {
            try (ScribeProcess scribe = ScribeProcess.start(directory)) {
                assertThat(scribe.acknowledgements(1500, acknowledged)).isEqualTo(1500);
                assertInUse();
                scribe.kill();
                scribe.acknowledgements(Integer.MAX_VALUE, acknowledged);
            }
            try (EventLog log = open()) {
                for (int writer = 0; writer < Scribe.WRITERS; writer++) {
                    String id = Scribe.id(writer);
                    List<Event> events = log.read(id, 0, Long.MAX_VALUE, 1_000_000);
                    assertThat((long) events.size()).isGreaterThanOrEqualTo(acknowledged[writer]);
                    for (int i = 0; i < events.size(); i++) {
                        assertThat(events.get(i).sequenceNr()).isEqualTo(i + 1);
                        assertThat(events.get(i).bytes()).isEqualTo(Scribe.bytes(writer, i + 1));
                    }
                }
            }
        }
    }

    /** JRN-03. */
    @Test
    void aTornLastWriteIsDroppedAndTheLogGoesOn() throws Exception {
        Path torn = crashed(20);
        try (RandomAccessFile file = new RandomAccessFile(torn.toFile(), "rw")) {
            file.setLength(file.length() - 7);
        }
        try (EventLog log = open()) {
            assertThat(numbers(log, "a")).hasSize(19);
            append(log, events("a", 20, 21));
        }
        try (EventLog log = open()) {
            assertThat(numbers(log, "a")).hasSize(21);
        }
    }

    /** JRN-03. */
    @Test
    void damageBeforeTheEndIsRefusedAndKeptUpToThereOnlyWhenAsked() throws Exception {
        Path damaged = crashed(20);
        try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int was = file.read();
            file.seek(file.length() / 2);
            file.write(was ^ 0x40);
        }
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
                .hasMessageContaining("up-to-damage");
        try (EventLog log = EventLog.open(directory, Recovery.UP_TO_DAMAGE)) {
            assertThat(numbers(log, "a")).hasSizeBetween(5, 15).startsWith(1L, 2L, 3L);
        }
    }

    /** A write-ahead log as a killed process leaves it, with one write per event. Returns its file. */
    private Path crashed(int events) throws Exception {
        Path copy = directory.resolveSibling(directory.getFileName() + "-live");
        try (EventLog log = EventLog.open(copy, Recovery.STRICT)) {
            for (int i = 1; i <= events; i++) {
                append(log, events("a", i, i));
            }
            copy(copy, directory);
        } finally {
            try (Stream<Path> all = Files.walk(copy)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        try (Stream<Path> files = Files.list(directory.resolve("events"))) {
            return files.filter(f -> f.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(path));
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }
}

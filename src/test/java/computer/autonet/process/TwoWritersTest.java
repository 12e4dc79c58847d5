package computer.autonet.process;

import static computer.autonet.process.People.ALICE;
import static computer.autonet.process.People.BOB;
import static computer.autonet.process.People.account;
import static computer.autonet.process.People.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.journal.EmbeddedJournal;
import computer.autonet.adapter.journal.EventLog;
import computer.autonet.base.Bytes;
import computer.autonet.codec.SealedEntry;
import computer.autonet.entity.account.AccountActor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process in whose journal two nodes have written: it says so and stays away, instead of choosing between them. */
class TwoWritersTest {
    private static final String ID = ProcessActor.persistenceId(account(ALICE)).id();
    private static final String ONE = "writer one";
    private static final String OTHER = "writer two";

    @TempDir
    Path directory;

    private HostFixture host;
    private EventLog journal;

    @BeforeEach
    void start() throws IOException {
        host = new HostFixture(
                String.join(
                        "\n",
                        "autonet.data-dir = \"" + directory + "\"",
                        "include classpath(\"journal-embedded.conf\")",
                        "pekko.actor.testkit.typed.filter-leeway = 30s"),
                Runnable::run);
        journal = EmbeddedJournal.open(host.kit.system());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    /** The log of a host that was alone, to which Alice sent payments of these amounts. */
    private static List<SealedEntry> history(String... amounts) {
        try (var alone = new HostFixture()) {
            var alice = alone.start(account(ALICE), AccountActor.KIND);
            long nonce = 0;
            for (String amount : amounts) {
                alone.submit(alice, transfer(ALICE, BOB, amount, ++nonce, alone.hand.millis));
            }
            return alone.entries(account(ALICE));
        }
    }

    private void write(SealedEntry entry, String writer) throws Exception {
        Serialization serialization = SerializationExtension.get(host.kit.system());
        long number = journal.highest(ID) + 1;
        var event = PersistentRepr.apply(
                new JournalRecord.Entry(entry.stored(), null), number, ID, "", false, ActorRef.noSender(), writer);
        byte[] bytes = serialization.serialize(event).get();
        journal.append(List.of(new EventLog.Append(ID, List.of(new EventLog.Event(number, bytes)))))
                .toCompletableFuture()
                .get();
    }

    private List<Bytes> stored() throws IOException {
        List<Bytes> stored = new ArrayList<>();
        for (EventLog.Event event : journal.read(ID, 0, Long.MAX_VALUE, 100)) {
            stored.add(Bytes.of(event.bytes()));
        }
        return stored;
    }

    /** Also when it is tried again, as a payment that waits for it has it. */
    private void failsLoudlyAndWritesNothing(String why) throws IOException {
        List<Bytes> before = stored();
        Bytes payment = transfer(ALICE, BOB, "1", before.size() + 1, host.hand.millis);
        LoggingTestKit.error(why)
                .withCustom(event -> event.message().contains("saw failure [2]"))
                .expect(host.kit.system(), () -> {
                    var alice = host.start(account(ALICE), AccountActor.KIND);
                    alice.tell(new Request.Submit(payment, host.answers.getRef()));
                    return alice;
                });
        host.answers.expectNoMessage(Duration.ofMillis(20));
        host.sent.expectNoMessage(Duration.ofMillis(20));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aLogThatOneNodeWroteIsTakenUp() throws Exception {
        for (SealedEntry entry : history("1", "2")) {
            write(entry, ONE);
        }
        var alice = host.start(account(ALICE), AccountActor.KIND);
        Bytes third = transfer(ALICE, BOB, "3", 3, host.hand.millis);
        assertThat(host.submit(alice, third)).isInstanceOf(Answer.Receipted.class);
        assertThat(stored()).hasSize(3);
    }

    /** The replay filter of the journal cannot see these: each node's writing came to an end before the other's began. */
    @Test
    void host11TwoEntriesOnOneArePassedByNobody() throws Exception {
        List<SealedEntry> ours = history("1", "2");
        List<SealedEntry> theirs = history("1", "3", "4");
        assertThat(theirs.get(0)).isEqualTo(ours.get(0));
        assertThat(theirs.get(1).previous()).isEqualTo(ours.get(1).previous());
        write(ours.get(0), ONE);
        write(ours.get(1), ONE);
        write(theirs.get(1), OTHER);
        failsLoudlyAndWritesNothing("entry 1 of " + account(ALICE) + " does not follow the one before: two nodes");
    }

    @Test
    void host11AnEntryOnOneThatIsNotHereIsPassedByNobody() throws Exception {
        List<SealedEntry> ours = history("1", "2");
        write(ours.get(0), ONE);
        write(ours.get(1), ONE);
        write(history("1", "3", "4").get(2), OTHER);
        failsLoudlyAndWritesNothing("entry 2 of " + account(ALICE) + " does not follow the one before: two nodes");
    }

    /** Each entry follows from the one before, but a writer that another had followed has written once more. */
    @Test
    void host11InterleavedWritersArePassedByNobody() throws Exception {
        List<SealedEntry> log = history("1", "2", "3");
        write(log.get(0), ONE);
        write(log.get(1), OTHER);
        write(log.get(2), ONE);
        failsLoudlyAndWritesNothing("There was already a newer writer");
    }
}

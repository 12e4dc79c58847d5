package computer.autonet.adapter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the product asks of every journal (JRN-11): the embedded one and Cassandra pass the same tests. */
abstract class JournalBehaviour {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    ActorSystem<SpawnProtocol.Command> system;

    /** Settings over the same stored data each time. */
    abstract Config settings();

    @BeforeEach
    void start() {
        system = ActorSystem.create(SpawnProtocol.create(), "journal", settings());
    }

    @AfterEach
    void stop() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    void restart() throws Exception {
        stop();
        start();
    }

    ActorRef<Notebook.Command> open(String id, int snapshotEvery) throws Exception {
        return get(AskPattern.ask(
                system,
                (ActorRef<ActorRef<Notebook.Command>> replyTo) ->
                        new SpawnProtocol.Spawn<>(Notebook.create(id, snapshotEvery), "", Props.empty(), replyTo),
                PATIENCE,
                system.scheduler()));
    }

    CompletionStage<Long> note(ActorRef<Notebook.Command> notebook, List<byte[]> notes) {
        return AskPattern.ask(
                notebook, (ActorRef<Long> replyTo) -> new Notebook.Note(notes, replyTo), PATIENCE, system.scheduler());
    }

    Notebook.Seen look(ActorRef<Notebook.Command> notebook) throws Exception {
        return get(AskPattern.ask(notebook, Notebook.Look::new, PATIENCE, system.scheduler()));
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(90, TimeUnit.SECONDS);
    }

    private <J extends ReadJournal> J queries(Class<J> type) {
        return PersistenceQuery.get(system).getReadJournalFor(type, settings().getString("autonet.read-journal"));
    }

    private List<EventEnvelope> currentEvents(String id, long from, long to) throws Exception {
        return get(queries(CurrentEventsByPersistenceIdQuery.class)
                .currentEventsByPersistenceId(id, from, to)
                .runWith(Sink.seq(), system));
    }

    private static List<String> texts(List<EventEnvelope> events) {
        return events.stream().map(e -> new String((byte[]) e.event(), UTF_8)).toList();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() throws Exception {
        ActorRef<Notebook.Command> notebook = open("restarted", 0);
        assertThat(get(note(notebook, Notebook.lines("one")))).isEqualTo(1);
        assertThat(get(note(notebook, Notebook.lines("two", "three")))).isEqualTo(3);
        restart();
        assertThat(look(open("restarted", 0))).isEqualTo(new Notebook.Seen(3, 11, 3));
    }

    /** Makes the journal of these settings a network's. */
    abstract void claim(ActorSystem<?> system, String networkId) throws Exception;

    @Test
    void jrn13AJournalBelongsToTheNetworkThatFirstOpenedItAndRefusesAnother() throws Exception {
        claim(system, "a1");
        claim(system, "a1");
        restart();
        claim(system, "a1");
        assertThatThrownBy(() -> claim(system, "b2"))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        e -> assertThat(e.reason()).isEqualTo(JournalException.Reason.OTHER_NETWORK))
                .hasMessageContaining(
                        "holds the journal of network a1, not of b2; start with that network's genesis file");
    }

    @Test
    void recoveryStartsAtTheNewestSnapshot() throws Exception {
        ActorRef<Notebook.Command> notebook = open("snapshots", 10);
        for (int i = 0; i < 35; i++) {
            get(note(notebook, Notebook.lines("x")));
        }
        get(note(notebook, Notebook.lines("x")));
        restart();
        Notebook.Seen seen = look(open("snapshots", 10));
        assertThat(seen.notes()).isEqualTo(36);
        assertThat(seen.replayed()).isLessThan(36);
    }

    /** JRN-10. */
    @Test
    void queriesGiveEveryEventOfOneIdInOrder() throws Exception {
        ActorRef<Notebook.Command> notebook = open("queried", 0);
        open("queried-too", 0);
        for (int i = 1; i <= 300; i++) {
            get(note(notebook, Notebook.lines("e" + i)));
        }
        List<EventEnvelope> all = currentEvents("queried", 0, Long.MAX_VALUE);
        assertThat(texts(all))
                .isEqualTo(IntStream.rangeClosed(1, 300).mapToObj(i -> "e" + i).toList());
        assertThat(all.get(299).sequenceNr()).isEqualTo(300);
        assertThat(texts(currentEvents("queried", 299, Long.MAX_VALUE))).containsExactly("e299", "e300");
        assertThat(texts(currentEvents("queried", 2, 3))).containsExactly("e2", "e3");
        assertThat(currentEvents("nobody", 0, Long.MAX_VALUE)).isEmpty();
    }

    /** JRN-10. */
    @Test
    void aLiveQueryGoesOnWithWhatIsWrittenLater() throws Exception {
        ActorRef<Notebook.Command> notebook = open("live", 0);
        get(note(notebook, Notebook.lines("before")));
        SinkQueueWithCancel<EventEnvelope> stream = queries(EventsByPersistenceIdQuery.class)
                .eventsByPersistenceId("live", 0, 4)
                .runWith(Sink.queue(), system);
        assertThat(get(stream.pull()).orElseThrow().sequenceNr()).isEqualTo(1);
        CompletionStage<Optional<EventEnvelope>> waiting = stream.pull();
        get(note(notebook, Notebook.lines("after", "later")));
        assertThat(texts(List.of(get(waiting).orElseThrow(), get(stream.pull()).orElseThrow())))
                .containsExactly("after", "later");
        get(note(notebook, Notebook.lines("last")));
        assertThat(get(stream.pull()).orElseThrow().sequenceNr()).isEqualTo(4);
        assertThat(get(stream.pull())).isEmpty();
    }

    @Test
    void manyEntitiesAreListedAndRecovered() throws Exception {
        int entities = 300;
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        for (int i = 0; i < entities; i++) {
            ActorRef<Notebook.Command> notebook = open("many-" + i, 0);
            answers.add(note(notebook, Notebook.lines("a")).toCompletableFuture());
            answers.add(note(notebook, Notebook.lines("bc", "d")).toCompletableFuture());
        }
        for (CompletableFuture<Long> answer : answers) {
            get(answer);
        }
        restart();
        List<String> ids = get(queries(CurrentPersistenceIdsQuery.class)
                .currentPersistenceIds()
                .runWith(Sink.seq(), system));
        assertThat(ids)
                .doesNotHaveDuplicates()
                .containsAll(
                        IntStream.range(0, entities).mapToObj(i -> "many-" + i).toList());
        for (int i = 0; i < entities; i++) {
            assertThat(look(open("many-" + i, 0))).isEqualTo(new Notebook.Seen(3, 4, 3));
        }
    }

    @Test
    void largeEventsComeBackWhole() throws Exception {
        byte[] large = new byte[1 << 20];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 + (i >> 8));
        }
        ActorRef<Notebook.Command> notebook = open("large", 0);
        for (int i = 0; i < 5; i++) {
            get(note(notebook, List.of(large)));
        }
        restart();
        assertThat(look(open("large", 0))).isEqualTo(new Notebook.Seen(5, 5L << 20, 5));
        for (EventEnvelope event : currentEvents("large", 0, Long.MAX_VALUE)) {
            assertThat((byte[]) event.event()).isEqualTo(large);
        }
    }
}

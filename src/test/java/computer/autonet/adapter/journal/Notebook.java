package computer.autonet.adapter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** An event-sourced actor that remembers byte strings: the least that uses a journal as a process host does. */
final class Notebook extends EventSourcedBehavior<Notebook.Command, byte[], byte[]> {
    private final int snapshotEvery;

    sealed interface Command {}

    /** Stores the notes in one atomic write and answers with the number of the last. */
    record Note(List<byte[]> notes, ActorRef<Long> replyTo) implements Command {}

    /** Answers with how many notes there are and the sum of their lengths. */
    record Look(ActorRef<Seen> replyTo) implements Command {}

    record Seen(long notes, long bytes, int replayed) {}

    record Stop(ActorRef<Long> replyTo) implements Command {}

    private int replayed;

    private Notebook(String id, int snapshotEvery) {
        super(PersistenceId.ofUniqueId(id));
        this.snapshotEvery = snapshotEvery;
    }

    static Behavior<Command> create(String id, int snapshotEvery) {
        return new Notebook(id, snapshotEvery);
    }

    /** Two numbers in bytes, which Pekko carries without a serializer of ours. */
    @Override
    public byte[] emptyState() {
        return state(0, 0);
    }

    private static byte[] state(long notes, long bytes) {
        return ByteBuffer.allocate(16).putLong(notes).putLong(bytes).array();
    }

    private static long notes(byte[] state) {
        return ByteBuffer.wrap(state).getLong();
    }

    private static long bytes(byte[] state) {
        return ByteBuffer.wrap(state).getLong(8);
    }

    @Override
    public CommandHandler<Command, byte[], byte[]> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(
                        Note.class,
                        note -> Effect()
                                .persist(note.notes())
                                .thenRun(state -> note.replyTo().tell(notes(state))))
                .onCommand(Look.class, (state, look) -> {
                    look.replyTo().tell(new Seen(notes(state), bytes(state), replayed));
                    return Effect().none();
                })
                .onCommand(
                        Stop.class,
                        (state, stop) ->
                                Effect().stop().thenRun(last -> stop.replyTo().tell(notes(last))))
                .build();
    }

    @Override
    public EventHandler<byte[], byte[]> eventHandler() {
        return (state, event) -> {
            replayed++;
            return state(notes(state) + 1, bytes(state) + event.length);
        };
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return snapshotEvery == 0 ? RetentionCriteria.disabled() : RetentionCriteria.snapshotEvery(snapshotEvery, 2);
    }

    static List<byte[]> lines(String... lines) {
        return Stream.of(lines).map(line -> line.getBytes(UTF_8)).toList();
    }
}

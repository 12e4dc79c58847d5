package computer.autonet.process;

import computer.autonet.base.ProcessId;
import computer.autonet.codec.OutboxCodec;
import computer.autonet.protocol.process.ProcessState;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/** Snapshots of one process as bytes: state and outbox (HOST-10). */
final class Checkpoints<S> implements SnapshotAdapter<Hosted<S>> {
    private final ProcessId id;

    Checkpoints(ProcessId id) {
        this.id = id;
    }

    @Override
    public Object toJournal(Hosted<S> hosted) {
        return new JournalRecord.Checkpoint(OutboxCodec.encode(hosted.state(), hosted.outbox()));
    }

    @Override
    @SuppressWarnings("unchecked") // the codec gives the state of the id's kind
    public Hosted<S> fromJournal(Object from) {
        var snapshot = OutboxCodec.decode(id, ((JournalRecord.Checkpoint) from).snapshot());
        return new Hosted<>((ProcessState<S>) snapshot.state(), snapshot.outbox());
    }
}

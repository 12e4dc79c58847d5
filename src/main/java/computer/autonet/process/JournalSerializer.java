package computer.autonet.process;

import com.google.protobuf.InvalidProtocolBufferException;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.v1.DeliveredMarks;
import java.io.NotSerializableException;
import java.util.TreeMap;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes journal records as protobuf bytes under manifests that outlive class names (HOST-01). An entry's bytes are
 * stored as they were sealed, because hashes are taken over them.
 */
public final class JournalSerializer extends SerializerWithStringManifest {
    /** Part of every stored record; never change it. */
    public static final int IDENTIFIER = 40_001;

    static final String ENTRY = "entry/1";
    static final String DELIVERED = "delivered/1";
    static final String CHECKPOINT = "checkpoint/1";

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object record) {
        if (record instanceof JournalRecord.Entry) {
            return ENTRY;
        } else if (record instanceof JournalRecord.Delivered) {
            return DELIVERED;
        } else if (record instanceof JournalRecord.Checkpoint) {
            return CHECKPOINT;
        }
        throw new IllegalArgumentException(record.getClass() + " is no journal record: give it a manifest here");
    }

    @Override
    public byte[] toBinary(Object record) {
        if (record instanceof JournalRecord.Entry entry) {
            return entry.stored().toArray();
        } else if (record instanceof JournalRecord.Delivered delivered) {
            var marks = DeliveredMarks.newBuilder();
            delivered
                    .marks()
                    .forEach((receiver, upTo) -> marks.addMarks(DeliveredMarks.Mark.newBuilder()
                            .setReceiver(receiver.toString())
                            .setUpTo(upTo)));
            return marks.build().toByteArray();
        } else if (record instanceof JournalRecord.Checkpoint checkpoint) {
            return checkpoint.snapshot().toArray();
        }
        throw new IllegalArgumentException(record.getClass() + " is no journal record: give it a manifest here");
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case ENTRY -> new JournalRecord.Entry(Bytes.of(bytes), null);
                case DELIVERED -> delivered(DeliveredMarks.parseFrom(bytes));
                case CHECKPOINT -> new JournalRecord.Checkpoint(Bytes.of(bytes));
                default ->
                    throw new NotSerializableException(
                            "the journal holds a record '" + manifest + "' of a newer program: start that one");
            };
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            var failure = new NotSerializableException(
                    "a record '" + manifest + "' is damaged: restore the journal from a copy");
            failure.initCause(e);
            throw failure;
        }
    }

    private static JournalRecord.Delivered delivered(DeliveredMarks message) {
        var marks = new TreeMap<ProcessId, Long>();
        message.getMarksList().forEach(mark -> marks.put(ProcessId.parse(mark.getReceiver()), mark.getUpTo()));
        return new JournalRecord.Delivered(marks);
    }
}

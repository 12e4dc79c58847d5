package computer.autonet.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Outbox;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.v1.HostSnapshot;
import computer.autonet.v1.OwedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a host keeps so that it need not read a whole log: state and owed messages. */
public final class OutboxCodec {
    private OutboxCodec() {}

    /** A state and what it owes. */
    public record Snapshot(ProcessState<?> state, Outbox outbox) {}

    public static Bytes encode(ProcessState<?> state, Outbox outbox) {
        var proto = HostSnapshot.newBuilder().setState(StateCodec.toProto(state));
        outbox.owed().forEach((receiver, messages) -> {
            for (Input.FromProcess message : messages) {
                proto.addOwed(OwedMessage.newBuilder()
                        .setReceiver(Ids.toProto(receiver))
                        .setMessage(PayloadCodec.toProto(message)));
            }
        });
        return Bytes.of(proto.build().toByteArray());
    }

    /** @throws CodecException if the bytes are no snapshot of this process */
    public static Snapshot decode(ProcessId process, Bytes bytes) {
        try {
            HostSnapshot proto = HostSnapshot.parseFrom(bytes.toArray());
            SortedMap<ProcessId, List<Input.FromProcess>> owed = new TreeMap<>();
            for (OwedMessage message : proto.getOwedList()) {
                owed.computeIfAbsent(Ids.fromProto(message.getReceiver()), r -> new ArrayList<>())
                        .add(PayloadCodec.fromProto(message.getMessage()));
            }
            return new Snapshot(StateCodec.fromProto(process, proto.getState()), new Outbox(owed));
        } catch (InvalidProtocolBufferException e) {
            throw new CodecException("the bytes are no snapshot of " + process, e);
        }
    }
}

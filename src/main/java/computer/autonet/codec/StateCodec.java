package computer.autonet.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Applied;
import computer.autonet.protocol.process.ProcessState;
import computer.autonet.v1.AppliedMessage;
import computer.autonet.v1.StateSnapshot;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Process states in their one protobuf form: fields in order, tables by rising key, nothing unknown. */
public final class StateCodec {
    private StateCodec() {}

    /** The state root: SHA-256 of the canonical bytes. */
    public static Hash root(ProcessState<?> state) {
        return Hash.digest(encode(state).toArray());
    }

    public static Bytes encode(ProcessState<?> state) {
        return Bytes.of(toProto(state).toByteArray());
    }

    /** The kind's own part, such as an {@code autonet.v1.TaskState}. */
    public static Bytes encodeDomain(ProcessState<?> state) {
        return Bytes.of(domain(state).toByteArray());
    }

    /** @throws CodecException if the bytes are no state of this process */
    public static ProcessState<?> decode(ProcessId process, Bytes bytes) {
        try {
            return fromProto(process, StateSnapshot.parseFrom(bytes.toArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new CodecException("the bytes are no state of " + process, e);
        }
    }

    /**
     * The kind's own part from its bytes, as its message.
     *
     * @throws CodecException if the bytes are none
     */
    public static Message domain(Kind kind, Bytes bytes) {
        return KindCodec.of(kind).parseState(bytes.toArray());
    }

    /** The kind's own part of a state as its message. */
    public static Message domain(ProcessState<?> state) {
        return KindCodec.of(state.id().kind()).stateToProto(state.domain());
    }

    static StateSnapshot toProto(ProcessState<?> state) {
        var proto = StateSnapshot.newBuilder()
                .setProcess(Ids.toProto(state.id()))
                .setRulesVersion(state.versions().rules())
                .setConstitutionVersion(state.versions().constitution())
                .setNextSlot(state.nextSlot())
                .setEpoch(state.epoch())
                .setTimestampMillis(state.timestampMillis())
                .setHead(Ids.bytes(state.head()))
                .setDomain(domain(state).toByteString());
        state.nonces()
                .forEach((sender, nonce) -> proto.addNonces(StateSnapshot.NoncePair.newBuilder()
                        .setKey(Ids.bytes(sender.address()))
                        .setValue(nonce)));
        state.applied()
                .forEach((message, applied) -> proto.addApplied(StateSnapshot.AppliedPair.newBuilder()
                        .setKey(Ids.bytes(message))
                        .setValue(AppliedMessage.newBuilder()
                                .setSlot(applied.slot())
                                .setTimestampMillis(applied.timestampMillis())
                                .setEntryHash(Ids.bytes(applied.entryHash())))));
        state.received().forEach((source, sequence) -> proto.addReceived(pair(source, sequence)));
        state.sent().forEach((receiver, sequence) -> proto.addSent(pair(receiver, sequence)));
        return proto.build();
    }

    private static StateSnapshot.SequencePair pair(ProcessId process, long sequence) {
        return StateSnapshot.SequencePair.newBuilder()
                .setKey(Ids.toProto(process))
                .setValue(sequence)
                .build();
    }

    static ProcessState<?> fromProto(ProcessId process, StateSnapshot proto) {
        if (!Ids.fromProto(proto.getProcess()).equals(process)) {
            throw new CodecException("this is the state of " + Ids.fromProto(proto.getProcess()) + ", not " + process);
        }
        SortedMap<Identity, Long> nonces = new TreeMap<>();
        proto.getNoncesList().forEach(p -> nonces.put(new Identity(Ids.hash(p.getKey())), p.getValue()));
        SortedMap<Hash, Applied> applied = new TreeMap<>();
        proto.getAppliedList()
                .forEach(p -> applied.put(
                        Ids.hash(p.getKey()),
                        new Applied(
                                p.getValue().getSlot(),
                                p.getValue().getTimestampMillis(),
                                Ids.hash(p.getValue().getEntryHash()))));
        return state(process, proto, nonces, applied, KindCodec.of(process.kind()));
    }

    private static <S> ProcessState<S> state(
            ProcessId process,
            StateSnapshot proto,
            Map<Identity, Long> nonces,
            Map<Hash, Applied> applied,
            KindCodec<S, ?, ?> kind) {
        return new ProcessState<>(
                process,
                KnownVersions.require(proto.getRulesVersion(), proto.getConstitutionVersion()),
                proto.getNextSlot(),
                proto.getEpoch(),
                proto.getTimestampMillis(),
                Ids.hash(proto.getHead()),
                Tables.copyOf(nonces),
                Tables.copyOf(applied),
                sequences(proto.getReceivedList()),
                sequences(proto.getSentList()),
                kind.stateFromProto(kind.parseState(proto.getDomain().toByteArray())));
    }

    private static SortedMap<ProcessId, Long> sequences(List<StateSnapshot.SequencePair> pairs) {
        SortedMap<ProcessId, Long> table = new TreeMap<>();
        pairs.forEach(p -> table.put(Ids.fromProto(p.getKey()), p.getValue()));
        return table;
    }
}

package computer.autonet.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import computer.autonet.base.Bytes;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Input;
import computer.autonet.protocol.process.Payload;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.v1.BouncedCommand;
import computer.autonet.v1.ProcessMessage;
import computer.autonet.v1.ProcessPayload;
import computer.autonet.v1.RefusalDetail;

/** Messages between processes, and refusals, in protobuf. */
public final class PayloadCodec {
    private PayloadCodec() {}

    public static Bytes encode(Input.FromProcess message) {
        return Bytes.of(toProto(message).toByteArray());
    }

    /** @throws CodecException if the bytes are no message between processes */
    public static Input.FromProcess decode(Bytes bytes) {
        try {
            return fromProto(ProcessMessage.parseFrom(bytes.toArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new CodecException("the bytes are no message between processes", e);
        }
    }

    static ProcessMessage toProto(Input.FromProcess message) {
        return ProcessMessage.newBuilder()
                .setSource(Ids.toProto(message.source()))
                .setSlot(message.slot())
                .setIndex(message.index())
                .setEntryHash(Ids.bytes(message.entryHash()))
                .setSequence(message.sequence())
                .setPayload(toProto(message.payload()))
                .build();
    }

    static Input.FromProcess fromProto(ProcessMessage message) {
        return new Input.FromProcess(
                Ids.fromProto(message.getSource()),
                message.getSlot(),
                message.getIndex(),
                Ids.hash(message.getEntryHash()),
                message.getSequence(),
                payload(message.getPayload()));
    }

    static ProcessPayload toProto(Payload payload) {
        var proto = ProcessPayload.newBuilder();
        if (payload instanceof Payload.Ask ask) {
            proto.setAsk(KindCodec.anyCommand(ask.command()));
        } else {
            Payload.Bounce bounce = (Payload.Bounce) payload;
            proto.setBounce(BouncedCommand.newBuilder()
                    .setCommand(KindCodec.anyCommand(bounce.command()))
                    .setRefusal(toProto(bounce.refusal())));
        }
        return proto.build();
    }

    static Payload payload(ProcessPayload proto) {
        return switch (proto.getVariantCase()) {
            case ASK -> new Payload.Ask(KindCodec.command(proto.getAsk()));
            case BOUNCE ->
                new Payload.Bounce(
                        KindCodec.command(proto.getBounce().getCommand()),
                        refusal(proto.getBounce().getRefusal()));
            case VARIANT_NOT_SET -> throw new CodecException("a message between processes carries nothing");
        };
    }

    public static RefusalDetail toProto(Refusal refusal) {
        return RefusalDetail.newBuilder()
                .setCode(refusal.code().name())
                .setDetail(refusal.detail())
                .setRemedy(refusal.remedy())
                .build();
    }

    /** @throws CodecException if the code is unknown here */
    public static Refusal refusal(RefusalDetail proto) {
        try {
            return new Refusal(Code.valueOf(proto.getCode()), proto.getDetail(), proto.getRemedy());
        } catch (IllegalArgumentException e) {
            throw new CodecException("unknown refusal code '" + proto.getCode() + "'", e);
        }
    }
}

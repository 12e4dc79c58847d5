package computer.autonet.codec;

import com.google.protobuf.ByteString;
import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;

/** Ids and bytes in their protobuf form. */
public final class Ids {
    private Ids() {}

    public static computer.autonet.v1.ProcessId toProto(ProcessId id) {
        return computer.autonet.v1.ProcessId.newBuilder()
                .setKindValue(id.kind().number())
                .setHash(bytes(id.hash()))
                .build();
    }

    /** @throws CodecException if the kind is unknown or the hash has not 32 bytes */
    public static ProcessId fromProto(computer.autonet.v1.ProcessId id) {
        for (Kind kind : Kind.values()) {
            if (kind.number() == id.getKindValue()) {
                return new ProcessId(kind, hash(id.getHash()));
            }
        }
        throw new CodecException("no kind of process has number " + id.getKindValue());
    }

    public static ByteString bytes(Hash hash) {
        return ByteString.copyFrom(hash.toArray());
    }

    public static ByteString bytes(Bytes bytes) {
        return ByteString.copyFrom(bytes.toArray());
    }

    public static Bytes bytes(ByteString bytes) {
        return Bytes.of(bytes.toByteArray());
    }

    /** @throws CodecException if there are not 32 bytes */
    public static Hash hash(ByteString bytes) {
        if (bytes.size() != Hash.SIZE) {
            throw new CodecException("a hash has 32 bytes, not " + bytes.size());
        }
        return Hash.of(bytes.toByteArray());
    }
}

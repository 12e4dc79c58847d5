package computer.autonet.engine.work;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An update as it is kept: the name of its plaintext, the trace of its training, the ciphertext. */
@SuppressWarnings("ArrayRecordComponent") // One update has megabytes and is never compared.
record SealedUpdate(ProcessId task, BlobId plaintext, Hash trace, byte[] ciphertext) {
    static SealedUpdate decode(ProcessId task, byte[] bytes) {
        int head = 2 * Hash.SIZE;
        return new SealedUpdate(
                task,
                new BlobId(Hash.of(Arrays.copyOf(bytes, Hash.SIZE))),
                Hash.of(Arrays.copyOfRange(bytes, Hash.SIZE, head)),
                Arrays.copyOfRange(bytes, head, bytes.length));
    }

    byte[] encode() {
        return ByteBuffer.allocate(2 * Hash.SIZE + ciphertext.length)
                .put(plaintext.hash().toArray())
                .put(trace.toArray())
                .put(ciphertext)
                .array();
    }

    BlobId ciphertextId() {
        return BlobId.of(ciphertext);
    }
}

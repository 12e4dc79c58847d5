package computer.autonet.engine.work;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A held-out set as its proposer keeps it: the name of its plaintext, and the ciphertext that the network gets first. */
@SuppressWarnings("ArrayRecordComponent") // One set has megabytes and is never compared.
record SealedTruth(BlobId plaintext, byte[] ciphertext) {
    static SealedTruth decode(byte[] bytes) {
        return new SealedTruth(
                new BlobId(Hash.of(Arrays.copyOf(bytes, Hash.SIZE))),
                Arrays.copyOfRange(bytes, Hash.SIZE, bytes.length));
    }

    byte[] encode() {
        return ByteBuffer.allocate(Hash.SIZE + ciphertext.length)
                .put(plaintext.hash().toArray())
                .put(ciphertext)
                .array();
    }

    BlobId ciphertextId() {
        return BlobId.of(ciphertext);
    }
}

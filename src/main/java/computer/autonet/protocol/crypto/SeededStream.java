package computer.autonet.protocol.crypto;

import computer.autonet.base.Hash;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** An endless stream of bytes that a seed determines: SHA-256(seed, counter). It feeds Bouncy Castle's search for primes. */
final class SeededStream extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1;

    private final byte[] seed;
    private long counter;
    private byte[] block = new byte[0];
    private int used;

    SeededStream(byte[] seed) {
        this.seed = seed.clone();
    }

    @Override
    public synchronized void nextBytes(byte[] out) {
        for (int i = 0; i < out.length; i++) {
            if (used == block.length) {
                block = Hash.digest(
                                seed, ByteBuffer.allocate(8).putLong(counter++).array())
                        .toArray();
                used = 0;
            }
            out[i] = block[used++];
        }
    }
}

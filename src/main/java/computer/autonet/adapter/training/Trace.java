package computer.autonet.adapter.training;

import computer.autonet.base.Commitment;
import computer.autonet.base.Hash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The commitment to the course of a training run (TRAIN-06): the hash of the parameters before the first step, after
 * every {@value #SEGMENT_STEPS} steps and after the last, so that a dispute can be narrowed to one segment.
 */
final class Trace {
    static final int SEGMENT_STEPS = 32;

    private static final byte[] MAGIC = "ATNP".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEADER_SIZE = 12;
    private static final String TAG = "autonet/trace/1";

    private final List<Hash> points = new ArrayList<>();

    /** The id that the parameters have as a blob (LEARN-01), so that the last point is the id of the update itself. */
    void reached(float[] parameters) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_SIZE + parameters.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(parameters.length);
        bytes.asFloatBuffer().put(parameters);
        points.add(Hash.digest(bytes.array()));
    }

    Hash root() {
        return Commitment.tagged(TAG).with(points.size()).withAll(points).hash();
    }
}

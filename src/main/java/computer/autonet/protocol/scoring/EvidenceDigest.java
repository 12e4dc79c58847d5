package computer.autonet.protocol.scoring;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;

/**
 * The SHA-256 of every class that a coordinator saw predicted: who did not load and run the models cannot know it
 * (SCORE-03).
 */
public final class EvidenceDigest {
    /** Class labels are 16-bit numbers. */
    public static final int MAX_CLASS = 65_535;

    private static final byte[] TAG = Hash.digest("autonet/evidence/1").toArray();

    private EvidenceDigest() {}

    /**
     * The digest of the classes predicted for the same samples in the same order.
     *
     * @param base by the model that the round began with
     * @param all by the average of all updates
     * @param without per solver, by the average without its update
     * @throws IllegalArgumentException if a class leaves 0..65535 or a prediction has another length than the others
     */
    public static Hash of(int[] base, int[] all, SortedMap<Identity, int[]> without) {
        MessageDigest sha = Hash.sha256();
        sha.update(TAG);
        sha.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(base.length)
                .putInt(without.size())
                .array());
        sha.update(classes(base, base.length));
        sha.update(classes(all, base.length));
        without.keySet().stream()
                .sorted()
                .forEach(solver -> sha.update(solver.address().toArray()));
        without.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> sha.update(classes(entry.getValue(), base.length)));
        return Hash.of(sha.digest());
    }

    private static byte[] classes(int[] predicted, int samples) {
        if (predicted.length != samples) {
            throw new IllegalArgumentException(
                    "predict the same " + samples + " samples with every model, not " + predicted.length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * samples);
        for (int label : predicted) {
            if (label < 0 || label > MAX_CLASS) {
                throw new IllegalArgumentException("a class lies between 0 and 65535, not " + label);
            }
            bytes.putShort((short) label);
        }
        return bytes.array();
    }
}

package computer.autonet.port;

import computer.autonet.base.BlobId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable set of labelled grey images, and their one form in bytes (TRAIN-03): what a private data set or a
 * round's truth is as a blob.
 *
 * <p>Form: magic {@code AEX1}, then big-endian count (4 bytes), rows, cols, classes (2 each), brightest pixel value
 * (1), then the labels (1 each), then the pixels image by image, row by row (1 each).
 */
public final class Examples {
    /** Keeps a set below 256 MiB at 64x64 pixels. */
    public static final int MAX_COUNT = 65_536;

    private static final int MAGIC = 0x41455831;
    private static final int HEADER_SIZE = 4 + 4 + 2 + 2 + 2 + 1;

    private final int rows;
    private final int cols;
    private final int classes;
    private final int brightest;
    private final byte[] labels;
    private final byte[] pixels;

    private Examples(int rows, int cols, int classes, int brightest, byte[] labels, byte[] pixels) {
        this.rows = rows;
        this.cols = cols;
        this.classes = classes;
        this.brightest = brightest;
        this.labels = labels;
        this.pixels = pixels;
    }

    /**
     * Copies the arrays.
     *
     * @param brightest the pixel value that stands for 1.0, 1 to 255
     * @param pixels {@code labels.length * rows * cols} unsigned bytes
     * @throws TrainingException EXAMPLES_MALFORMED if sizes disagree or a label or pixel is out of range
     */
    public static Examples of(int rows, int cols, int classes, int brightest, byte[] labels, byte[] pixels) {
        return checked(rows, cols, classes, brightest, labels.clone(), pixels.clone());
    }

    private static Examples checked(int rows, int cols, int classes, int brightest, byte[] labels, byte[] pixels) {
        if (rows < 1 || rows > ModelSpec.MAX_SIDE || cols < 1 || cols > ModelSpec.MAX_SIDE) {
            throw malformed("images of " + rows + "x" + cols + " pixels are out of range");
        }
        if (classes < 2 || classes > ModelSpec.MAX_CLASSES) {
            throw malformed(classes + " classes are out of range");
        }
        if (brightest < 1 || brightest > 255) {
            throw malformed("brightest pixel " + brightest + " is out of range");
        }
        if (labels.length < 1 || labels.length > MAX_COUNT) {
            throw malformed(labels.length + " examples are out of range");
        }
        if (pixels.length != labels.length * rows * cols) {
            throw malformed(pixels.length + " pixels for " + labels.length + " images of " + rows + "x" + cols);
        }
        for (int i = 0; i < labels.length; i++) {
            if (Byte.toUnsignedInt(labels[i]) >= classes) {
                throw malformed("label " + Byte.toUnsignedInt(labels[i]) + " of example " + i + " is no class");
            }
        }
        for (int i = 0; i < pixels.length; i++) {
            if (Byte.toUnsignedInt(pixels[i]) > brightest) {
                throw malformed("a pixel of example " + i / (rows * cols) + " is brighter than " + brightest);
            }
        }
        return new Examples(rows, cols, classes, brightest, labels, pixels);
    }

    /**
     * Reads the form that {@link #toBytes} writes; every value has exactly one form.
     *
     * @throws TrainingException EXAMPLES_MALFORMED if the bytes are anything else
     */
    public static Examples parse(byte[] encoded) {
        if (encoded.length < HEADER_SIZE) {
            throw malformed(encoded.length + " bytes are shorter than a header of " + HEADER_SIZE);
        }
        ByteBuffer in = ByteBuffer.wrap(encoded);
        if (in.getInt() != MAGIC) {
            throw malformed("the bytes do not start with AEX1");
        }
        int count = in.getInt();
        int rows = Short.toUnsignedInt(in.getShort());
        int cols = Short.toUnsignedInt(in.getShort());
        int classes = Short.toUnsignedInt(in.getShort());
        int brightest = Byte.toUnsignedInt(in.get());
        if (count < 1 || count > MAX_COUNT || rows > ModelSpec.MAX_SIDE || cols > ModelSpec.MAX_SIDE) {
            throw malformed("a header of " + count + " images of " + rows + "x" + cols + " is out of range");
        }
        long expected = (long) HEADER_SIZE + count + (long) count * rows * cols;
        if (expected != encoded.length) {
            throw malformed("the header promises " + expected + " bytes, there are " + encoded.length);
        }
        byte[] labels = new byte[count];
        in.get(labels);
        byte[] pixels = new byte[in.remaining()];
        in.get(pixels);
        return checked(rows, cols, classes, brightest, labels, pixels);
    }

    private static TrainingException malformed(String problem) {
        return new TrainingException(
                TrainingException.Reason.EXAMPLES_MALFORMED, problem, "write the set again with Examples.toBytes");
    }

    /** The canonical form. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(HEADER_SIZE + labels.length + pixels.length)
                .putInt(MAGIC)
                .putInt(labels.length)
                .putShort((short) rows)
                .putShort((short) cols)
                .putShort((short) classes)
                .put((byte) brightest)
                .put(labels)
                .put(pixels)
                .array();
    }

    /** The id of the canonical form. */
    public BlobId id() {
        return BlobId.of(toBytes());
    }

    public int count() {
        return labels.length;
    }

    public int rows() {
        return rows;
    }

    public int cols() {
        return cols;
    }

    public int classes() {
        return classes;
    }

    public int label(int index) {
        return Byte.toUnsignedInt(labels[index]);
    }

    /** Writes image {@code index}, each pixel from 0 to 1, to {@code target} from {@code offset} on. */
    public void copyImage(int index, float[] target, int offset) {
        int size = rows * cols;
        int from = index * size;
        for (int i = 0; i < size; i++) {
            target[offset + i] = (float) Byte.toUnsignedInt(pixels[from + i]) / brightest;
        }
    }

    /** The chosen examples in the given order; one may be chosen more than once. */
    public Examples select(int[] indices) {
        int size = rows * cols;
        byte[] someLabels = new byte[indices.length];
        byte[] somePixels = new byte[indices.length * size];
        for (int i = 0; i < indices.length; i++) {
            someLabels[i] = labels[indices[i]];
            System.arraycopy(pixels, indices[i] * size, somePixels, i * size, size);
        }
        return checked(rows, cols, classes, brightest, someLabels, somePixels);
    }

    /**
     * All examples of all sets, one set after the other.
     *
     * @throws TrainingException EXAMPLES_MALFORMED if the sets differ in kind or there is none
     */
    public static Examples union(List<Examples> sets) {
        if (sets.isEmpty()) {
            throw malformed("a union of no sets has no examples");
        }
        Examples first = sets.get(0);
        int count = 0;
        for (Examples set : sets) {
            if (set.rows != first.rows
                    || set.cols != first.cols
                    || set.classes != first.classes
                    || set.brightest != first.brightest) {
                throw malformed("sets of " + set + " and of " + first + " do not mix");
            }
            count = Math.addExact(count, set.count());
        }
        int size = first.rows * first.cols;
        byte[] labels = new byte[count];
        byte[] pixels = new byte[Math.multiplyExact(count, size)];
        int at = 0;
        for (Examples set : sets) {
            System.arraycopy(set.labels, 0, labels, at, set.count());
            System.arraycopy(set.pixels, 0, pixels, at * size, set.pixels.length);
            at += set.count();
        }
        return checked(first.rows, first.cols, first.classes, first.brightest, labels, pixels);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Examples e
                && rows == e.rows
                && cols == e.cols
                && classes == e.classes
                && brightest == e.brightest
                && Arrays.equals(labels, e.labels)
                && Arrays.equals(pixels, e.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(labels) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return labels.length + " images of " + rows + "x" + cols + " in " + classes + " classes";
    }
}

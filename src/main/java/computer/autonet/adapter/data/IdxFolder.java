package computer.autonet.adapter.data;

import computer.autonet.adapter.data.DataException.Reason;
import computer.autonet.port.Examples;
import computer.autonet.port.TrainingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads the four IDX files of a data set in the form of MNIST (http://yann.lecun.com/exdb/mnist) from one folder, each
 * gzipped or not.
 */
final class IdxFolder {
    private static final int IMAGES_MAGIC = 0x803;
    private static final int LABELS_MAGIC = 0x801;
    /** The largest image file that {@link Examples} could hold, so that a hostile archive cannot fill the memory. */
    private static final int MOST_BYTES = 256 << 20;

    private IdxFolder() {}

    static DataSet read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(
                    Reason.DATASET_NOT_FOUND,
                    "there is no data set and no folder called '" + folder + "'",
                    "name digits, fashion or a folder with four IDX files");
        }
        Raw train = part(folder, "train");
        Raw test = part(folder, "t10k");
        int classes = Math.max(2, 1 + Math.max(most(train.labels), most(test.labels)));
        Examples examples = examples(folder, train, classes);
        Examples tests = examples(folder, test, classes);
        if (examples.rows() != tests.rows() || examples.cols() != tests.cols()) {
            throw malformed(folder, "its training and test images differ in size");
        }
        return new DataSet(folder.toString(), examples, Optional.of(tests));
    }

    private record Raw(int rows, int cols, byte[] labels, byte[] pixels) {}

    private static Raw part(Path folder, String name) {
        ByteBuffer images = file(folder, name + "-images-idx3-ubyte", IMAGES_MAGIC, 3);
        ByteBuffer labels = file(folder, name + "-labels-idx1-ubyte", LABELS_MAGIC, 1);
        int count = images.getInt();
        int rows = images.getInt();
        int cols = images.getInt();
        if (count != labels.getInt()) {
            throw malformed(folder, "its " + name + " images and labels differ in number");
        }
        if (count < 1 || rows < 1 || cols < 1 || (long) count * rows * cols != images.remaining()) {
            throw malformed(folder, name + "-images has " + images.remaining() + " pixels for " + count + " images");
        }
        if (labels.remaining() != count) {
            throw malformed(folder, name + "-labels has " + labels.remaining() + " labels for " + count + " images");
        }
        byte[] label = new byte[count];
        labels.get(label);
        byte[] pixel = new byte[images.remaining()];
        images.get(pixel);
        return new Raw(rows, cols, label, pixel);
    }

    private static Examples examples(Path folder, Raw raw, int classes) {
        try {
            return Examples.of(raw.rows, raw.cols, classes, 255, raw.labels, raw.pixels);
        } catch (TrainingException e) {
            throw new DataException(
                    Reason.DATASET_MALFORMED,
                    folder + " holds what cannot be used: " + e.getMessage(),
                    "give images of at most 64x64 pixels",
                    e);
        }
    }

    private static int most(byte[] labels) {
        int most = 0;
        for (byte label : labels) {
            most = Math.max(most, Byte.toUnsignedInt(label));
        }
        return most;
    }

    private static ByteBuffer file(Path folder, String name, int magic, int dimensions) {
        Path plain = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        boolean isPlain = Files.isRegularFile(plain);
        if (!isPlain && !Files.isRegularFile(packed)) {
            throw new DataException(
                    Reason.DATASET_NOT_FOUND,
                    folder + " has neither " + name + " nor " + name + ".gz",
                    "put the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
                            + " t10k-labels-idx1-ubyte there");
        }
        try (InputStream stored = Files.newInputStream(isPlain ? plain : packed);
                InputStream in = isPlain ? stored : new GZIPInputStream(stored)) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            if (bytes.length == MOST_BYTES) {
                throw malformed(folder, name + " is larger than " + MOST_BYTES + " bytes");
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (bytes.length < 4 * (1 + dimensions) || buffer.getInt() != magic) {
                throw malformed(folder, name + " is no IDX file of unsigned bytes in " + dimensions + " dimensions");
            }
            return buffer;
        } catch (IOException e) {
            throw new DataException(
                    Reason.DATASET_MALFORMED, name + " cannot be read: " + e.getMessage(), "fetch it again", e);
        }
    }

    private static DataException malformed(Path folder, String problem) {
        return new DataException(Reason.DATASET_MALFORMED, folder + ": " + problem, "fetch the files again");
    }
}

package computer.autonet.adapter.data;

import computer.autonet.adapter.data.DataException.Reason;
import computer.autonet.port.Examples;
import computer.autonet.port.TrainingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The data sets that a user can name: two inside the program (docs/data.md), or a folder of IDX files (DATA-05). */
public final class DataSets {
    private static final int OPTDIGITS_MAGIC = 0x4F504431;
    private static final int FASHION_MAGIC = 0x464D3134;

    private DataSets() {}

    /**
     * The set called {@code digits} or {@code fashion}, else the folder of that name.
     *
     * @throws DataException DATASET_NOT_FOUND or DATASET_MALFORMED
     */
    public static DataSet named(String name) {
        return switch (name) {
            case "digits" -> digits();
            case "fashion" -> fashion();
            default -> IdxFolder.read(Path.of(name));
        };
    }

    /** 1,797 handwritten digits of 8x8 pixels. */
    public static DataSet digits() {
        ByteBuffer in = resource("/data/optdigits-1797.u8.gz", OPTDIGITS_MAGIC);
        int count = in.getInt();
        int rows = Byte.toUnsignedInt(in.get());
        int cols = Byte.toUnsignedInt(in.get());
        return new DataSet("digits", rows(in, count, rows, cols, 16), Optional.empty());
    }

    /** 10,000 images of clothes for training and 1,000 for testing, of 14x14 pixels. */
    public static DataSet fashion() {
        ByteBuffer in = resource("/data/fashion14-10k+1k.u8.gz", FASHION_MAGIC);
        int train = in.getInt();
        int test = in.getInt();
        int rows = Byte.toUnsignedInt(in.get());
        int cols = Byte.toUnsignedInt(in.get());
        Examples first = rows(in, train, rows, cols, 255);
        return new DataSet("fashion", first, Optional.of(rows(in, test, rows, cols, 255)));
    }

    /** Rows of pixels, each followed by its label. */
    private static Examples rows(ByteBuffer in, int count, int rows, int cols, int brightest) {
        byte[] labels = new byte[count];
        byte[] pixels = new byte[count * rows * cols];
        for (int i = 0; i < count; i++) {
            in.get(pixels, i * rows * cols, rows * cols);
            labels[i] = in.get();
        }
        return Examples.of(rows, cols, 10, brightest, labels, pixels);
    }

    private static ByteBuffer resource(String path, int magic) {
        try (InputStream packed = DataSets.class.getResourceAsStream(path)) {
            if (packed == null) {
                throw new DataException(Reason.DATASET_NOT_FOUND, path + " is not in the program", "build it again");
            }
            ByteBuffer bytes = ByteBuffer.wrap(new GZIPInputStream(packed).readAllBytes());
            if (bytes.getInt() != magic) {
                throw new DataException(Reason.DATASET_MALFORMED, path + " has another form", "build it again");
            }
            return bytes;
        } catch (IOException | TrainingException e) {
            throw new DataException(Reason.DATASET_MALFORMED, path + " cannot be read", "build it again", e);
        }
    }
}

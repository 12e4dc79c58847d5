package computer.autonet.adapter.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import computer.autonet.adapter.data.DataException.Reason;
import computer.autonet.port.Examples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DATA-05: the sets inside the program, and IDX files by path. */
class DataSetsTest {
    @TempDir
    private Path folder;

    private static int[] perClass(Examples examples) {
        int[] counts = new int[examples.classes()];
        for (int i = 0; i < examples.count(); i++) {
            counts[examples.label(i)]++;
        }
        return counts;
    }

    @Test
    void digitsHold1797ImagesOfTenClasses() {
        Examples digits = DataSets.named("digits").examples();

        assertThat(digits.count()).isEqualTo(1797);
        assertThat(digits.rows()).isEqualTo(8);
        assertThat(perClass(digits)).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    @Test
    void fashionHolds1000And100ImagesPerClass() {
        DataSet fashion = DataSets.named("fashion");

        assertThat(perClass(fashion.examples())).hasSize(10).containsOnly(1000);
        assertThat(perClass(fashion.test().orElseThrow())).hasSize(10).containsOnly(100);
        assertThat(fashion.examples().rows()).isEqualTo(14);
    }

    private static byte[] images(int count, int rows, int cols) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * rows * cols)
                .putInt(0x803)
                .putInt(count)
                .putInt(rows)
                .putInt(cols);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.put((byte) i);
        }
        return bytes.array();
    }

    private static byte[] labels(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            bytes.put((byte) (i % 3));
        }
        return bytes.array();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private void writeFour() throws IOException {
        write("train-images-idx3-ubyte", images(6, 5, 4));
        write("train-labels-idx1-ubyte", labels(6));
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("t10k-images-idx3-ubyte.gz")))) {
            out.write(images(3, 5, 4));
        }
        write("t10k-labels-idx1-ubyte", labels(3));
    }

    @Test
    void fourIdxFilesAreReadGzippedOrNot() throws Exception {
        writeFour();
        DataSet set = DataSets.named(folder.toString());

        assertThat(set.examples().count()).isEqualTo(6);
        assertThat(set.examples().classes()).isEqualTo(3);
        assertThat(set.examples().cols()).isEqualTo(4);
        assertThat(set.examples().label(5)).isEqualTo(2);
        float[] image = new float[20];
        set.examples().copyImage(1, image, 0);
        assertThat(image[0]).isEqualTo(20f / 255);
        assertThat(set.test().orElseThrow().count()).isEqualTo(3);
    }

    private void refusedAs(Reason reason) {
        DataException refusal = catchThrowableOfType(DataException.class, () -> DataSets.named(folder.toString()));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.remedy()).isNotBlank();
    }

    @Test
    void missingAndDamagedFilesAreRefused() throws Exception {
        assertThat(catchThrowableOfType(DataException.class, () -> DataSets.named("no-such-set"))
                        .reason())
                .isEqualTo(Reason.DATASET_NOT_FOUND);
        refusedAs(Reason.DATASET_NOT_FOUND);
        writeFour();
        write("train-labels-idx1-ubyte", labels(5));
        refusedAs(Reason.DATASET_MALFORMED);
        writeFour();
        write("train-images-idx3-ubyte", Arrays.copyOf(images(6, 5, 4), 100));
        refusedAs(Reason.DATASET_MALFORMED);
        writeFour();
        write("train-images-idx3-ubyte", labels(6));
        refusedAs(Reason.DATASET_MALFORMED);
        writeFour();
        write("train-images-idx3-ubyte", images(6, 65, 4));
        refusedAs(Reason.DATASET_MALFORMED);
        writeFour();
        write("t10k-images-idx3-ubyte.gz", new byte[] {1, 2, 3});
        refusedAs(Reason.DATASET_MALFORMED);
        Files.delete(folder.resolve("t10k-images-idx3-ubyte.gz"));
        write("t10k-images-idx3-ubyte", images(3, 4, 5));
        refusedAs(Reason.DATASET_MALFORMED);
    }
}

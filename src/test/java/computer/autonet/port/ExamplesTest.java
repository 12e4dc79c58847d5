package computer.autonet.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import computer.autonet.port.TrainingException.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** TRAIN-03: the one form of labelled images. */
class ExamplesTest {
    private static Examples sample() {
        return Examples.of(4, 5, 3, 16, new byte[] {2, 0}, pixels(40, 16));
    }

    private static byte[] pixels(int count, int most) {
        var random = new SplittableRandom(1);
        byte[] pixels = new byte[count];
        for (int i = 0; i < count; i++) {
            pixels[i] = (byte) random.nextInt(most + 1);
        }
        return pixels;
    }

    @Test
    void theFormIsFixed() {
        Examples tiny = Examples.of(1, 2, 2, 255, new byte[] {1}, new byte[] {0, (byte) 255});

        assertThat(HexFormat.of().formatHex(tiny.toBytes())).isEqualTo("414558310000000100010002" + "0002ff0100ff");
        float[] image = new float[3];
        tiny.copyImage(0, image, 1);
        assertThat(image).containsExactly(0, 0, 1);
    }

    @Test
    void whatWasWrittenIsRead() {
        Examples read = Examples.parse(sample().toBytes());

        assertThat(read).isEqualTo(sample());
        assertThat(read.id()).isEqualTo(sample().id());
        assertThat(read.label(0)).isEqualTo(2);
    }

    /** Whatever single byte is changed, parsing gives either a typed refusal or another value with another form. */
    @Test
    void noDamagedFormPassesForTheOriginal() {
        byte[] good = sample().toBytes();
        for (int at = 0; at < good.length; at++) {
            for (int change = 1; change < 256; change <<= 1) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) change;
                try {
                    assertThat(Examples.parse(bad).toBytes()).isEqualTo(bad);
                } catch (TrainingException e) {
                    assertThat(e.reason()).isEqualTo(Reason.EXAMPLES_MALFORMED);
                }
            }
        }
    }

    @Test
    void everyCutAndEveryExtensionIsRefused() {
        byte[] good = sample().toBytes();
        for (int size = 0; size < good.length; size++) {
            byte[] cut = Arrays.copyOf(good, size);
            assertThat(catchThrowableOfType(TrainingException.class, () -> Examples.parse(cut))
                            .reason())
                    .isEqualTo(Reason.EXAMPLES_MALFORMED);
        }
        assertThatThrownBy(() -> Examples.parse(Arrays.copyOf(good, good.length + 1)))
                .hasMessageContaining("promises");
    }

    @Test
    void labelsAndPixelsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Examples.of(4, 5, 3, 16, new byte[] {3, 0}, pixels(40, 16)))
                .hasMessageContaining("label 3");
        assertThatThrownBy(() -> Examples.of(4, 5, 3, 1, new byte[] {2, 0}, pixels(40, 16)))
                .hasMessageContaining("brighter");
        assertThatThrownBy(() -> Examples.of(4, 5, 3, 16, new byte[0], new byte[0]))
                .hasMessageContaining("0 examples");
    }

    @Test
    void aHugeHeaderIsRefusedBeforeMemoryIsTaken() {
        byte[] bytes = sample().toBytes();
        bytes[4] = 0x7F;
        assertThatThrownBy(() -> Examples.parse(bytes)).isInstanceOf(TrainingException.class);
    }

    @Test
    void aUnionKeepsTheOrderAndRefusesAMixture() {
        Examples both = Examples.union(List.of(sample(), sample().select(new int[] {1})));

        assertThat(both.count()).isEqualTo(3);
        assertThat(List.of(both.label(0), both.label(1), both.label(2))).containsExactly(2, 0, 0);
        Examples other = Examples.of(4, 4, 3, 16, new byte[] {0}, new byte[16]);
        assertThatThrownBy(() -> Examples.union(List.of(sample(), other))).hasMessageContaining("do not mix");
    }
}

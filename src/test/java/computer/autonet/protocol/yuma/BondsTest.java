package computer.autonet.protocol.yuma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the bonds of a project outlive its rounds. */
class BondsTest {
    private static final Identity ANN = new Identity(Hash.digest("ann"));
    private static final Identity BEN = new Identity(Hash.digest("ben"));
    private static final Identity SUE = new Identity(Hash.digest("sue"));
    private static final Identity TOM = new Identity(Hash.digest("tom"));

    @Test
    void yuma13APairThatIsAbsentFromARoundKeepsItsBond() {
        var first = Bonds.NONE.after(
                List.of(ANN, BEN), List.of(SUE, TOM), U16Matrix.of(2, new int[] {65_535, 7}, new int[] {9, 65_535}));
        var second = first.after(List.of(BEN), List.of(SUE), U16Matrix.of(1, new int[] {65_535}));

        assertThat(second.of(ANN, SUE)).isEqualTo(65_535);
        assertThat(second.of(ANN, TOM)).isEqualTo(7);
        assertThat(second.of(BEN, SUE)).isEqualTo(65_535);
        assertThat(second.of(BEN, TOM)).isEqualTo(65_535);
    }

    @Test
    void yuma13APairThatNeverMetHasNone() {
        assertThat(Bonds.NONE.among(List.of(ANN), List.of(SUE, TOM))).isEqualTo(U16Matrix.zero(1, 2));
    }

    @Test
    void aBondThatFellToZeroIsNotKept() {
        var held = Bonds.NONE.after(List.of(ANN), List.of(SUE), U16Matrix.of(1, new int[] {5}));
        assertThat(held.after(List.of(ANN), List.of(SUE), U16Matrix.zero(1, 1))).isEqualTo(Bonds.NONE);
    }

    @Test
    void bondsOfAnotherShapeThanTheirPartiesAreRefused() {
        assertThatThrownBy(() -> Bonds.NONE.after(List.of(ANN), List.of(SUE), U16Matrix.zero(2, 1)))
                .hasMessageContaining("2x1");
    }
}

package computer.autonet.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeclarationsTest {
    private static final Identity ONE = new Identity(Hash.digest("one"));
    private static final Identity OTHER = new Identity(Hash.digest("other"));

    @Test
    void work11_anIdentityDeclaresForOneProjectAfterTheOtherAndOthersDoNotWait() {
        var declarations = new Declarations();
        List<String> begun = new ArrayList<>();
        var first = new CompletableFuture<Void>();

        var a = declarations.inTurn(ONE, () -> {
            begun.add("a");
            return first;
        });
        var b = declarations.inTurn(ONE, () -> {
            begun.add("b");
            return Duty.NOTHING;
        });
        declarations.inTurn(OTHER, () -> {
            begun.add("other");
            return Duty.NOTHING;
        });
        assertThat(begun).containsExactly("a", "other");

        first.completeExceptionally(new IllegalStateException("refused"));
        assertThat(begun).containsExactly("a", "other", "b");
        assertThat(a.toCompletableFuture()).isCompletedExceptionally();
        assertThat(b.toCompletableFuture()).isCompletedWithValue(null);
    }
}

package computer.autonet.engine.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SurvivalTest {
    private final AtomicBoolean journal = new AtomicBoolean(true);
    private final AtomicBoolean disk = new AtomicBoolean(true);
    private final AtomicLong free = new AtomicLong(Survival.LEAST_FREE_BYTES);

    private Survival survival() {
        return new Survival(
                () -> journal.get()
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(new IllegalStateException("no database")),
                () -> {
                    if (!disk.get()) {
                        throw new IOException("no disk");
                    }
                    return new Survival.Disk(7, free.get());
                },
                Duration.ofDays(1));
    }

    @Test
    void node04_aNodeIsWellWhileJournalAndDiskAnswerAndThereIsRoom() {
        try (Survival survival = survival()) {
            survival.look();
            assertThat(survival.health().good()).isTrue();
            assertThat(survival.health().disk().blobBytes()).isEqualTo(7);

            journal.set(false);
            survival.look();
            assertThat(survival.health().journalAnswers()).isFalse();
            assertThat(survival.health().good()).isFalse();

            journal.set(true);
            disk.set(false);
            survival.look();
            assertThat(survival.health().diskAnswers()).isFalse();
            assertThat(survival.health().good()).isFalse();

            disk.set(true);
            free.set(Survival.LEAST_FREE_BYTES - 1);
            survival.look();
            assertThat(survival.health().good()).isFalse();

            free.set(Survival.LEAST_FREE_BYTES);
            survival.look();
            assertThat(survival.health().good()).isTrue();
        }
    }

    @Test
    void whatIsWrongIsSaidInASentenceWithTheRemedy() {
        var room = new Survival.Disk(7, Survival.LEAST_FREE_BYTES);
        assertThat(new Survival.Health(false, true, room).sentence())
                .isEqualTo(
                        "this node does not serve, because the journal was not read and written within 10 s: see that its"
                                + " database runs and is within reach; where it is embedded, that its disk works and has"
                                + " room, and start this node again; it serves again when all is well");
        assertThat(new Survival.Health(true, true, new Survival.Disk(7, 5 << 20)).sentence())
                .contains("only 5 MiB are free", "make room for 64 MiB");
        assertThat(new Survival.Health(true, false, new Survival.Disk(7, 0)).sentence())
                .contains("the disk of the blobs does not answer")
                .doesNotContain("free");
        assertThat(new Survival.Health(true, true, room).sentence()).contains("well again");
    }
}

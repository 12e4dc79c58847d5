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
}

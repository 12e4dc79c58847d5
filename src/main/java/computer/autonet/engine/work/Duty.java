package computer.autonet.engine.work;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What one role owes. Each call does the next thing that is owed and not done, or nothing; doing it again is harmless. */
interface Duty {
    CompletionStage<Void> NOTHING = CompletableFuture.completedFuture(null);

    /** The stage, whatever it brings. */
    static CompletionStage<Void> done(CompletionStage<?> stage) {
        return stage.thenAccept(ignored -> {});
    }

    CompletionStage<Void> perform(Situation situation);
}

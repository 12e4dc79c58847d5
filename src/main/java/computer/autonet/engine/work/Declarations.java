package computer.autonet.engine.work;

import computer.autonet.base.Identity;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The turns in which an engine's participants declare for which projects they stand. A declaration replaces the one before
 * it, so that two of one identity at once, each from what it read, would lose a project.
 */
final class Declarations {
    /** One per identity in the keystore. */
    private final Map<Identity, CompletionStage<Void>> last = new HashMap<>();

    /** Begins when the identity's earlier declarations have ended, well or not. */
    synchronized CompletionStage<Void> inTurn(Identity who, Supplier<CompletionStage<Void>> declaration) {
        CompletionStage<Void> before = last.getOrDefault(who, Duty.NOTHING);
        CompletionStage<Void> mine =
                before.handle((done, failure) -> failure == null).thenCompose(any -> declaration.get());
        last.put(who, mine);
        return mine;
    }
}

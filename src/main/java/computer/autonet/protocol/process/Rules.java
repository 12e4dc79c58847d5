package computer.autonet.protocol.process;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.genesis.Genesis;
import java.util.OptionalLong;

/**
 * The deterministic evaluator of one kind of process.
 *
 * @param <S> state; immutable
 * @param <C> commands that this kind answers, signed or from other processes
 * @param <E> events that this kind records
 */
public interface Rules<S, C extends Command, E extends Event> {
    Kind kind();

    /** The state before anything was recorded. */
    S initial(ProcessId id, Genesis genesis);

    /** Judges a signed act or the request of another process. */
    Decision<E> decide(S state, C command, Context context);

    /** Acts on the deadline that {@link #deadlineMillis} named. Never refuses. */
    default Decision.Accepted<E> onDeadline(S state, Context context) {
        throw new IllegalStateException(kind() + " has no deadlines, and one passed in " + state);
    }

    /** Compensates for a request of ours that its receiver did not accept. Never refuses. */
    Decision.Accepted<E> onBounce(S state, Command ours, Refusal refusal, Context context);

    S evolve(S state, E event);

    /** When the process acts by itself if nothing arrives before. */
    default OptionalLong deadlineMillis(S state) {
        return OptionalLong.empty();
    }

    /** The state with every open deadline moved by {@code byMillis}, after the host was away when one fell due. */
    default S extended(S state, long byMillis) {
        return state;
    }

    /** PROC-02: whether the process is there; one that its parent's outbox creates is not until that has arrived. */
    default boolean exists(S state) {
        return true;
    }

    /** Whether another process, not a signer, must send this command. */
    boolean isInternal(C command);
}

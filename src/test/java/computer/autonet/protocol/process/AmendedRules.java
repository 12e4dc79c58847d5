package computer.autonet.protocol.process;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.genesis.Genesis;
import java.util.OptionalLong;

/** Rules that decide as others do, unless a test has them refuse something. */
public abstract class AmendedRules<S, C extends Command, E extends Event> implements Rules<S, C, E> {
    private final Rules<S, C, E> rules;

    protected AmendedRules(Rules<S, C, E> rules) {
        this.rules = rules;
    }

    @Override
    public Decision<E> decide(S state, C command, Context context) {
        return rules.decide(state, command, context);
    }

    @Override
    public final Kind kind() {
        return rules.kind();
    }

    @Override
    public final S initial(ProcessId id, Genesis genesis) {
        return rules.initial(id, genesis);
    }

    @Override
    public final boolean exists(S state) {
        return rules.exists(state);
    }

    @Override
    public final boolean isInternal(C command) {
        return rules.isInternal(command);
    }

    @Override
    public final Decision.Accepted<E> onBounce(S state, Command ours, Refusal refusal, Context context) {
        return rules.onBounce(state, ours, refusal, context);
    }

    @Override
    public final Decision.Accepted<E> onDeadline(S state, Context context) {
        return rules.onDeadline(state, context);
    }

    @Override
    public final OptionalLong deadlineMillis(S state) {
        return rules.deadlineMillis(state);
    }

    @Override
    public final S extended(S state, long byMillis) {
        return rules.extended(state, byMillis);
    }

    @Override
    public final S evolve(S state, E event) {
        return rules.evolve(state, event);
    }
}

package computer.autonet.engine.work;

import computer.autonet.protocol.role.Role;
import java.util.Arrays;
import java.util.Locale;

/** How a participant acts: as it should, or in one of the ways that the protocol must bear. For demos and tests. */
public enum Behaviour {
    HONEST,
    /** A solver that sends random parameters. */
    RANDOM(Role.SOLVER),
    /** A solver that repeats another's commitment. */
    COPYCAT(Role.SOLVER),
    /** A solver that commits and never reveals. */
    SILENT(Role.SOLVER),
    /** A solver that sends the opposite of what it learned. */
    SIGNFLIP(Role.SOLVER),
    /** A coordinator that votes without measuring. */
    LAZY(Role.COORDINATOR),
    /** A coordinator that repeats another's seal. */
    COPY(Role.COORDINATOR),
    /** A coordinator that measures and then lies about the scores. */
    LIAR(Role.COORDINATOR),
    /** A proposer that never reveals its truth. */
    WITHHOLD(Role.PROPOSER);

    private final Role[] roles;

    Behaviour(Role... roles) {
        this.roles = roles;
    }

    /** As settings spell it, for example {@code solver:random}. */
    public String label(Role role) {
        return role.label() + ":" + name().toLowerCase(Locale.ROOT);
    }

    public boolean fits(Role role) {
        return this == HONEST || Arrays.asList(roles).contains(role);
    }

    void requireFits(Role role) {
        if (!fits(role)) {
            throw new IllegalArgumentException("no " + role.label() + " is " + name().toLowerCase(Locale.ROOT)
                    + ": choose one of "
                    + Arrays.stream(values()).filter(b -> b.fits(role)).toList());
        }
    }
}

package computer.autonet.engine.work;

import computer.autonet.protocol.role.Role;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a participant acts: as it should, or in one of the ways that the protocol must bear. For demos and tests. */
public enum Behaviour {
    HONEST(null),
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

    private final @Nullable Role role;

    /** @param role the only one that acts so; null for all */
    Behaviour(@Nullable Role role) {
        this.role = role;
    }

    /** As settings spell it, for example {@code solver:random}. */
    public String label(Role role) {
        return role.label() + ":" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * The behaviour with that label, for example {@code solver:random} or {@code coordinator:honest}.
     *
     * @throws IllegalArgumentException if no such participant acts so
     */
    public static Behaviour ofLabel(String label) {
        for (Role role : Role.values()) {
            for (Behaviour behaviour : values()) {
                if (behaviour.fits(role) && behaviour.label(role).equals(label)) {
                    return behaviour;
                }
            }
        }
        throw new IllegalArgumentException(
                "nobody behaves as '" + label + "': write role:behaviour, such as solver:random");
    }

    public boolean fits(Role role) {
        return this.role == null || this.role == role;
    }

    void requireFits(Role role) {
        if (!fits(role)) {
            throw new IllegalArgumentException("no " + role.label() + " is " + name().toLowerCase(Locale.ROOT)
                    + ": choose one of "
                    + Arrays.stream(values()).filter(b -> b.fits(role)).toList());
        }
    }
}

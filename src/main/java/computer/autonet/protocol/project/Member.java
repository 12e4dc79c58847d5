package computer.autonet.protocol.project;

import computer.autonet.base.Amount;
import computer.autonet.protocol.role.Role;

/**
 * A participant's standing in a project.
 *
 * @param lock number of the stake in its account
 * @param stake what is left of it
 * @param leaving takes no more work
 * @param earned paid to it so far
 * @param charged taken from its stake so far
 */
public record Member(long lock, Amount stake, boolean leaving, Amount earned, Amount charged) {
    /** PROJ-04: below the minimum nobody is drawn. */
    boolean eligible(Role role) {
        return !leaving && stake.covers(role.minimumStake());
    }

    Member leave() {
        return new Member(lock, stake, true, earned, charged);
    }

    Member earn(Amount amount) {
        return new Member(lock, stake, leaving, earned.plus(amount), charged);
    }

    Member charge(Amount amount) {
        return new Member(lock, stake.minus(amount), leaving, earned, charged.plus(amount));
    }
}

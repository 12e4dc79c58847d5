package computer.autonet.protocol.account;

import computer.autonet.base.Amount;

/**
 * A mandate that stands in an account.
 *
 * @param under number of the mandate that it was passed on from; 0: the owner's own authority
 * @param spent what has left under it, of its asset, and under all that were passed on from it
 */
public record Grant(Mandate mandate, long under, Amount spent) {
    Grant plus(Amount amount) {
        return new Grant(mandate, under, spent.plus(amount));
    }
}

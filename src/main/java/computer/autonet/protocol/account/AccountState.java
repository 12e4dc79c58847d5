package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Tables;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One account, in ATN.
 *
 * @param owner address of the identity or hash of the process; absent until something has named it
 * @param locks stakes by number
 * @param holds rewards set aside, by reference (escrows only)
 * @param mandates what others may do with this account, by number
 * @param nextMandate at least 1, and above every number given so far
 */
public record AccountState(
        Optional<Hash> owner,
        Amount balance,
        SortedMap<Long, Lock> locks,
        SortedMap<Hash, Amount> holds,
        long nextLock,
        SortedMap<Long, Grant> mandates,
        long nextMandate) {
    public AccountState {
        locks = Tables.copyOf(locks);
        holds = Tables.copyOf(holds);
        mandates = Tables.copyOf(mandates);
    }

    /** An account in which nothing but this has happened. */
    static AccountState opened(Optional<Hash> owner, Amount balance) {
        return new AccountState(owner, balance, Tables.empty(), Tables.empty(), 0, Tables.empty(), 1);
    }

    /** Balance, stakes and what is set aside. */
    public Amount total() {
        Amount sum = balance;
        for (Lock lock : locks.values()) {
            sum = sum.plus(lock.amount());
        }
        for (Amount held : holds.values()) {
            sum = sum.plus(held);
        }
        return sum;
    }

    AccountState withBalance(Amount value) {
        return new AccountState(owner, value, locks, holds, nextLock, mandates, nextMandate);
    }

    AccountState withLock(long number, Lock lock) {
        return new AccountState(
                owner,
                balance,
                Tables.with(locks, number, lock),
                holds,
                Math.max(nextLock, number + 1),
                mandates,
                nextMandate);
    }

    AccountState withoutLock(long number) {
        return new AccountState(owner, balance, Tables.without(locks, number), holds, nextLock, mandates, nextMandate);
    }

    AccountState withHold(Hash reference, Amount amount) {
        return new AccountState(
                owner, balance, locks, Tables.with(holds, reference, amount), nextLock, mandates, nextMandate);
    }

    AccountState withoutHold(Hash reference) {
        return new AccountState(
                owner, balance, locks, Tables.without(holds, reference), nextLock, mandates, nextMandate);
    }

    AccountState ownedBy(Hash name) {
        return new AccountState(Optional.of(name), balance, locks, holds, nextLock, mandates, nextMandate);
    }

    private AccountState withMandates(SortedMap<Long, Grant> value, long next) {
        return new AccountState(owner, balance, locks, holds, nextLock, value, next);
    }

    AccountState withMandate(long number, Grant grant) {
        return withMandates(Tables.with(mandates, number, grant), Math.max(nextMandate, number + 1));
    }

    /** Without a mandate and all that were passed on from it, which have higher numbers. */
    AccountState withoutMandate(long number) {
        var left = new TreeMap<>(mandates);
        var gone = new HashSet<Long>();
        gone.add(number);
        left.remove(number);
        for (Map.Entry<Long, Grant> entry : mandates.tailMap(number).entrySet()) {
            if (gone.contains(entry.getValue().under())) {
                gone.add(entry.getKey());
                left.remove(entry.getKey());
            }
        }
        return withMandates(left, nextMandate);
    }

    AccountState spentUnder(long number, Amount amount) {
        var after = new TreeMap<>(mandates);
        for (long at = number; at != 0; at = Tables.at(mandates, at).under()) {
            after.put(at, Tables.at(mandates, at).plus(amount));
        }
        return withMandates(after, nextMandate);
    }
}

package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Hash;
import computer.autonet.base.Tables;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One account, in ATN.
 *
 * @param owner address of the identity or hash of the process; absent until something has named it
 * @param locks stakes by number
 * @param holds rewards set aside, by reference (escrows only)
 */
public record AccountState(
        Optional<Hash> owner,
        Amount balance,
        SortedMap<Long, Lock> locks,
        SortedMap<Hash, Amount> holds,
        long nextLock) {
    public AccountState {
        locks = Tables.copyOf(locks);
        holds = Tables.copyOf(holds);
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
        return new AccountState(owner, value, locks, holds, nextLock);
    }

    AccountState withLock(long number, Lock lock) {
        return new AccountState(
                owner, balance, Tables.with(locks, number, lock), holds, Math.max(nextLock, number + 1));
    }

    AccountState withoutLock(long number) {
        return new AccountState(owner, balance, Tables.without(locks, number), holds, nextLock);
    }

    AccountState withHold(Hash reference, Amount amount) {
        return new AccountState(owner, balance, locks, Tables.with(holds, reference, amount), nextLock);
    }

    AccountState withoutHold(Hash reference) {
        return new AccountState(owner, balance, locks, Tables.without(holds, reference), nextLock);
    }

    AccountState ownedBy(Hash name) {
        return new AccountState(Optional.of(name), balance, locks, holds, nextLock);
    }
}

package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.Tables;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One account: what is free of each asset, and the ATN that are locked or set aside.
 *
 * @param owner address of the identity or hash of the process; absent until something has named it
 * @param balance free ATN
 * @param locks stakes by number
 * @param holds rewards set aside, by reference (escrows only)
 * @param mandates what others may do with this account, by number
 * @param nextMandate at least 1, and above every number given so far
 * @param assets what is free of every other asset; what an account has nothing of does not stand here (ACC-16)
 */
public record AccountState(
        Optional<Hash> owner,
        Amount balance,
        SortedMap<Long, Lock> locks,
        SortedMap<Hash, Amount> holds,
        long nextLock,
        SortedMap<Long, Grant> mandates,
        long nextMandate,
        SortedMap<Asset, Amount> assets) {
    public AccountState {
        locks = Tables.copyOf(locks);
        holds = Tables.copyOf(holds);
        mandates = Tables.copyOf(mandates);
        assets = Tables.copyOf(assets);
        if (assets.containsKey(Asset.ATN) || assets.containsValue(Amount.ZERO)) {
            throw new IllegalArgumentException("assets beside the balance are others than ATN, and none is zero");
        }
    }

    /** An account in which nothing but this has happened. */
    static AccountState opened(Optional<Hash> owner, Amount balance, SortedMap<Asset, Amount> assets) {
        return new AccountState(owner, balance, Tables.empty(), Tables.empty(), 0, Tables.empty(), 1, assets);
    }

    /** What is free of an asset. */
    public Amount balance(Asset asset) {
        return asset.isAtn() ? balance : assets.getOrDefault(asset, Amount.ZERO);
    }

    /** All that is here of each asset: ATN always, any other if there is some. */
    public SortedMap<Asset, Amount> totals() {
        return Tables.with(assets, Asset.ATN, total());
    }

    /** The ATN here: balance, stakes and what is set aside. */
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

    /** Free ATN. */
    AccountState withBalance(Amount value) {
        return new AccountState(owner, value, locks, holds, nextLock, mandates, nextMandate, assets);
    }

    AccountState withBalance(Asset asset, Amount value) {
        if (asset.isAtn()) {
            return withBalance(value);
        }
        var after = value.isZero() ? Tables.without(assets, asset) : Tables.with(assets, asset, value);
        return new AccountState(owner, balance, locks, holds, nextLock, mandates, nextMandate, after);
    }

    AccountState withLock(long number, Lock lock) {
        return new AccountState(
                owner,
                balance,
                Tables.with(locks, number, lock),
                holds,
                Math.max(nextLock, number + 1),
                mandates,
                nextMandate,
                assets);
    }

    AccountState withoutLock(long number) {
        return new AccountState(
                owner, balance, Tables.without(locks, number), holds, nextLock, mandates, nextMandate, assets);
    }

    AccountState withHold(Hash reference, Amount amount) {
        return new AccountState(
                owner, balance, locks, Tables.with(holds, reference, amount), nextLock, mandates, nextMandate, assets);
    }

    AccountState withoutHold(Hash reference) {
        return new AccountState(
                owner, balance, locks, Tables.without(holds, reference), nextLock, mandates, nextMandate, assets);
    }

    AccountState ownedBy(Hash name) {
        return new AccountState(Optional.of(name), balance, locks, holds, nextLock, mandates, nextMandate, assets);
    }

    private AccountState withMandates(SortedMap<Long, Grant> value, long next) {
        return new AccountState(owner, balance, locks, holds, nextLock, value, next, assets);
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

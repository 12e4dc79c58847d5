package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.role.Role;

/** What has happened to an account. */
public sealed interface AccountEvent extends Event {
    AccountState evolve(AccountState state);

    /** The account's owner is known from now on. */
    record Named(Hash owner) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.ownedBy(owner);
        }
    }

    /** Money left for another account; it is in flight until that one has credited it. */
    record Sent(Hash to, Amount amount, Asset asset) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withBalance(asset, state.balance(asset).minus(amount));
        }
    }

    record Credited(Amount amount, Asset asset) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withBalance(asset, state.balance(asset).plus(amount));
        }
    }

    record ProjectFounded(ProcessId project) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state;
        }
    }

    record Staked(long lock, ProcessId project, Role role, Amount amount, long unlockMillis) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withBalance(state.balance().minus(amount))
                    .withLock(lock, new Lock(project, role, amount, unlockMillis, false));
        }
    }

    /** The stake is free: withdrawn by its owner, or the project did not take it. */
    record Unstaked(long lock) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withBalance(
                            state.balance().plus(Tables.at(state.locks(), lock).amount()))
                    .withoutLock(lock);
        }
    }

    record Released(long lock) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withLock(lock, Tables.at(state.locks(), lock).asReleased());
        }
    }

    /** The stake lost this much, to the treasury and to those it compensates. */
    record Charged(long lock, Amount amount) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withLock(lock, Tables.at(state.locks(), lock).less(amount));
        }
    }

    record Held(Hash reference, Amount amount) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withBalance(state.balance().minus(amount)).withHold(reference, amount);
        }
    }

    /** What was set aside is gone: {@code paid} in flight to others, {@code returned} to the balance. */
    record Settled(Hash reference, Amount paid, Amount returned) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withoutHold(reference).withBalance(state.balance().plus(returned));
        }
    }

    record MandateGranted(long number, Mandate mandate, long under) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withMandate(number, new Grant(mandate, under, Amount.ZERO));
        }
    }

    /** This mandate and all that were passed on from it stand no longer. */
    record MandateRevoked(long number) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.withoutMandate(number);
        }
    }

    /** So much left under this mandate, and so under all above it. */
    record MandateSpent(long number, Amount amount) implements AccountEvent {
        @Override
        public AccountState evolve(AccountState state) {
            return state.spentUnder(number, amount);
        }
    }
}

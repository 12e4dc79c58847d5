package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Acts;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.process.Rules;
import computer.autonet.protocol.project.ProjectCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides for accounts. Money leaves an account only together with the message that carries it. */
public final class AccountRules implements Rules<AccountState, AccountCommand, AccountEvent> {
    /** ACC-09: stakes that one account may hold at a time, so that its state stays small. */
    public static final int MAX_LOCKS = 1024;

    /**
     * ACC-16: assets other than ATN of which one account may hold some, so that its state stays small and all of them leave
     * in one entry. As many as a genesis may issue (GEN-04), so that nobody can fill the account of another.
     */
    public static final int MAX_ASSETS = Genesis.MAX_ASSETS;

    @Override
    public Kind kind() {
        return Kind.ACCOUNT;
    }

    @Override
    public AccountState initial(ProcessId id, Genesis genesis) {
        return genesis.holderOf(id)
                .map(holder -> AccountState.opened(
                        Optional.of(holder.address()),
                        genesis.allocations().getOrDefault(holder, Amount.ZERO),
                        genesis.assetsOf(holder)))
                .orElseGet(() -> AccountState.opened(Optional.empty(), Amount.ZERO, Tables.empty()));
    }

    @Override
    public boolean isInternal(AccountCommand command) {
        return !(command instanceof AccountCommand.Transfer
                || command instanceof AccountCommand.CreateProject
                || command instanceof AccountCommand.Stake
                || command instanceof AccountCommand.Withdraw
                || command instanceof AccountCommand.GrantMandate
                || command instanceof AccountCommand.RevokeMandate
                || command instanceof AccountCommand.TransferUnder
                || command instanceof AccountCommand.CreateProjectUnder);
    }

    @Override
    public Decision<AccountEvent> decide(AccountState state, AccountCommand command, Context context) {
        return command.accept(new AccountAnswer(state, context));
    }

    /** ACC-08: what did not arrive comes back, whatever the account holds by then. */
    @Override
    public Decision.Accepted<AccountEvent> onBounce(
            AccountState state, Command ours, Refusal refusal, Context context) {
        Acts<AccountEvent> acts = Acts.in(context);
        if (ours instanceof AccountCommand.Credit credit) {
            acts.event(new AccountEvent.Credited(credit.amount(), credit.asset()));
        } else if (ours instanceof ProjectCommand.Join join
                && isFor(state.locks().get(join.lock()), context)) {
            acts.event(new AccountEvent.Unstaked(join.lock()));
        }
        return (Decision.Accepted<AccountEvent>) acts.accept();
    }

    private static boolean isFor(@Nullable Lock lock, Context context) {
        return lock != null && context.sentBy(lock.project());
    }

    @Override
    public AccountState evolve(AccountState state, AccountEvent event) {
        return event.evolve(state);
    }
}

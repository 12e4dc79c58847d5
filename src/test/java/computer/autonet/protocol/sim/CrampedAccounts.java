package computer.autonet.protocol.sim;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountRules;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.process.Rules;

/** Accounts as they are, but some have no room for silver: what else takes hundreds of assets happens with two. */
final class CrampedAccounts implements Rules<AccountState, AccountCommand, AccountEvent> {
    private final AccountRules rules = new AccountRules();

    private static boolean isFullFor(AccountCommand command, ProcessId self) {
        return command instanceof AccountCommand.Credit credit
                && credit.asset().equals(World.SILVER)
                && Math.floorMod(self.hash().hashCode(), 3) == 0;
    }

    @Override
    public Decision<AccountEvent> decide(AccountState state, AccountCommand command, Context context) {
        return context.sentByKind(Kind.ACCOUNT) && isFullFor(command, context.self())
                ? Decision.refuse(Code.FULL, "no room for silver", "send it elsewhere")
                : rules.decide(state, command, context);
    }

    @Override
    public Kind kind() {
        return rules.kind();
    }

    @Override
    public AccountState initial(ProcessId id, Genesis genesis) {
        return rules.initial(id, genesis);
    }

    @Override
    public boolean isInternal(AccountCommand command) {
        return rules.isInternal(command);
    }

    @Override
    public Decision.Accepted<AccountEvent> onBounce(
            AccountState state, Command ours, Refusal refusal, Context context) {
        return rules.onBounce(state, ours, refusal, context);
    }

    @Override
    public AccountState evolve(AccountState state, AccountEvent event) {
        return rules.evolve(state, event);
    }
}

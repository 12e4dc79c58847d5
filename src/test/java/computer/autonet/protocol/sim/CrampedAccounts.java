package computer.autonet.protocol.sim;

import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountRules;
import computer.autonet.protocol.account.AccountState;
import computer.autonet.protocol.process.AmendedRules;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;

/** Accounts as they are, but some have no room for silver: what else takes hundreds of assets happens with two. */
final class CrampedAccounts extends AmendedRules<AccountState, AccountCommand, AccountEvent> {
    CrampedAccounts() {
        super(new AccountRules());
    }

    private static boolean isFullFor(AccountCommand command, ProcessId self) {
        return command instanceof AccountCommand.Credit credit
                && credit.asset().equals(World.SILVER)
                && Math.floorMod(self.hash().hashCode(), 3) == 0;
    }

    @Override
    public Decision<AccountEvent> decide(AccountState state, AccountCommand command, Context context) {
        return context.sentByKind(Kind.ACCOUNT) && isFullFor(command, context.self())
                ? Decision.refuse(Code.FULL, "no room for silver", "send it elsewhere")
                : super.decide(state, command, context);
    }
}

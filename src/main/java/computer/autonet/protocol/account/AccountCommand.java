package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.role.Role;
import java.util.List;

/** What an account is asked to do, by its owner's signature or by another process. */
public sealed interface AccountCommand extends Command {
    <R> R accept(Visitor<R> visitor);

    /** Signed: sends money to the account of an identity or, as escrow, of a process. */
    record Transfer(Hash to, Amount amount, Asset asset) implements AccountCommand {
        /** Of ATN. */
        public Transfer(Hash to, Amount amount) {
            this(to, amount, Asset.ATN);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed: founds a project that this account's owner owns. */
    record CreateProject(ProjectTerms terms) implements AccountCommand, Founding {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed: locks a stake for a role in a project and joins it. */
    record Stake(ProcessId project, Role role, Amount amount) implements AccountCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed: frees a stake that its project has released and whose lock time is over. */
    record Withdraw(long lock) implements AccountCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed: lets another key act for this account, by the owner's authority (under 0) or out of a mandate held. */
    record GrantMandate(Mandate mandate, long under) implements AccountCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed: ends a mandate and all that were passed on from it. */
    record RevokeMandate(long mandate) implements AccountCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by a mandate's holder: a transfer in the owner's name. */
    record TransferUnder(long mandate, Hash to, Amount amount, Asset asset) implements AccountCommand {
        /** Of ATN. */
        public TransferUnder(long mandate, Hash to, Amount amount) {
            this(mandate, to, amount, Asset.ATN);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Signed by a mandate's holder: founds a project that the account's owner owns. */
    record CreateProjectUnder(long mandate, ProjectTerms terms) implements AccountCommand, Founding {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From an account: money arrives. */
    record Credit(Hash owner, Amount amount, Asset asset) implements AccountCommand {
        /** Of ATN. */
        public Credit(Hash owner, Amount amount) {
            this(owner, amount, Asset.ATN);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the process that owns this escrow: sets the reward of a round aside under {@code reference}. */
    record Hold(Hash reference, Amount amount) implements AccountCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the process that owns this escrow: pays from what was set aside; the rest becomes free again. */
    record Settle(Hash reference, List<Payment> payments) implements AccountCommand {
        public Settle {
            payments = List.copyOf(payments);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the process that owns this escrow: sends all that is free, of every asset, to this owner. */
    record Sweep(Hash to) implements AccountCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the project that a stake is locked for: takes from the stake; what is not paid out goes to the treasury. */
    record Charge(long lock, Amount amount, List<Payment> payments) implements AccountCommand {
        public Charge {
            payments = List.copyOf(payments);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From the project that a stake is locked for: the participant has left. */
    record Release(long lock) implements AccountCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** An answer to each command. */
    interface Visitor<R> {
        R on(Transfer command);

        R on(CreateProject command);

        R on(Stake command);

        R on(Withdraw command);

        R on(GrantMandate command);

        R on(RevokeMandate command);

        R on(TransferUnder command);

        R on(CreateProjectUnder command);

        R on(Credit command);

        R on(Hold command);

        R on(Settle command);

        R on(Sweep command);

        R on(Charge command);

        R on(Release command);
    }
}

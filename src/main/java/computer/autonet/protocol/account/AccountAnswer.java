package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.process.Acts;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Decision;
import computer.autonet.protocol.process.Origin;
import computer.autonet.protocol.process.Refusal;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectTerms;
import computer.autonet.protocol.role.Role;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The answer of one state of an account to each command. */
record AccountAnswer(AccountState state, Context context) implements AccountCommand.Visitor<Decision<AccountEvent>> {

    /** ACC-01: only the owner's key spends; the account's id proves who that is. */
    private Optional<Decision<AccountEvent>> unlessOwner() {
        return context.unlessOwner().map(Decision.Refused::new);
    }

    private Acts<AccountEvent> actsOf(Hash owner) {
        Acts<AccountEvent> acts = Acts.in(context);
        return state.owner().isPresent() ? acts : acts.event(new AccountEvent.Named(owner));
    }

    private Decision<AccountEvent> tooPoor(Amount wanted, Asset asset) {
        Amount balance = state.balance(asset);
        return Decision.refuse(
                Code.INSUFFICIENT_FUNDS,
                "balance " + asset.describe(balance) + ", needed " + asset.describe(wanted),
                "add " + asset.describe(wanted.minus(balance)) + " and retry");
    }

    private Decision<AccountEvent> notAuthorised(String who) {
        return Decision.refuse(
                Code.NOT_AUTHORISED,
                context.origin() + " may not ask this of account "
                        + context.self().brief(),
                "only " + who + " may");
    }

    /** ACC-02, ACC-17. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.Transfer command) {
        Optional<Decision<AccountEvent>> foreign = unlessOwner();
        if (foreign.isPresent()) {
            return foreign.get();
        }
        return transfer(actsOf(context.signer().address()), command.to(), command.amount(), command.asset());
    }

    private Decision<AccountEvent> transfer(Acts<AccountEvent> acts, Hash to, Amount amount, Asset asset) {
        if (amount.isZero()) {
            return Decision.refuse(Code.INVALID_ARGUMENT, "the amount is zero", "transfer more than zero");
        }
        if (!state.balance(asset).covers(amount)) {
            return tooPoor(amount, asset);
        }
        return send(acts, to, amount, asset).accept();
    }

    private Acts<AccountEvent> send(Acts<AccountEvent> acts, Hash to, Amount amount, Asset asset) {
        return acts.event(new AccountEvent.Sent(to, amount, asset))
                .send(context.accountOf(to), new AccountCommand.Credit(to, amount, asset));
    }

    /** ACC-03. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.CreateProject command) {
        Optional<Decision<AccountEvent>> foreign = unlessOwner();
        if (foreign.isPresent()) {
            return foreign.get();
        }
        return found(actsOf(context.signer().address()), context.signer(), command);
    }

    /** Asks for the act and not for its terms alone, so that no act can create a project without being a {@link Founding}. */
    private Decision<AccountEvent> found(Acts<AccountEvent> acts, Identity owner, Founding act) {
        ProjectTerms terms = act.terms();
        Optional<Refusal> unfit = terms.unfit();
        if (unfit.isPresent()) {
            return new Decision.Refused<>(unfit.get());
        }
        ProcessId project = acts.nextChild(Kind.PROJECT);
        return acts.event(new AccountEvent.ProjectFounded(project))
                .send(project, new ProjectCommand.Found(owner, terms))
                .accept();
    }

    private MandateRules mandates() {
        return new MandateRules(state, context);
    }

    /** ACC-12, ACC-14. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.GrantMandate command) {
        Optional<Refusal> against = mandates().againstGrant(command.mandate(), command.under());
        if (against.isPresent()) {
            return new Decision.Refused<>(against.get());
        }
        Acts<AccountEvent> acts = command.under() == 0 ? actsOf(context.signer().address()) : Acts.in(context);
        return acts.event(new AccountEvent.MandateGranted(state.nextMandate(), command.mandate(), command.under()))
                .accept();
    }

    /** ACC-15. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.RevokeMandate command) {
        Optional<Refusal> against = mandates().againstRevoking(command.mandate());
        if (against.isPresent()) {
            return new Decision.Refused<>(against.get());
        }
        return Acts.<AccountEvent>in(context)
                .event(new AccountEvent.MandateRevoked(command.mandate()))
                .accept();
    }

    /** ACC-13, ACC-18. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.TransferUnder command) {
        Optional<Refusal> against = mandates().againstTransfer(command);
        if (against.isPresent()) {
            return new Decision.Refused<>(against.get());
        }
        return transfer(
                Acts.<AccountEvent>in(context)
                        .event(new AccountEvent.MandateSpent(command.mandate(), command.amount())),
                command.to(),
                command.amount(),
                command.asset());
    }

    /** ACC-13: the project is the owner's, whoever of its mandates' holders asked for it. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.CreateProjectUnder command) {
        Optional<Refusal> against = mandates().againstUse(command.mandate(), Right.CREATE_PROJECT);
        if (against.isPresent()) {
            return new Decision.Refused<>(against.get());
        }
        Identity owner = new Identity(state.owner().orElseThrow());
        return found(Acts.in(context), owner, command);
    }

    /** ACC-04: the lock exists before the project hears of it. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.Stake command) {
        Optional<Decision<AccountEvent>> foreign = unlessOwner();
        if (foreign.isPresent()) {
            return foreign.get();
        }
        Role role = command.role();
        if (command.project().kind() != Kind.PROJECT) {
            return Decision.refuse(
                    Code.INVALID_ARGUMENT, command.project() + " is no project", "name a project:… process");
        }
        if (!command.amount().covers(role.minimumStake())) {
            return Decision.refuse(
                    Code.STAKE_TOO_LOW,
                    "stake " + command.amount() + " ATN, minimum for a " + role.label() + " " + role.minimumStake(),
                    "lock " + role.minimumStake().minus(command.amount()) + " ATN more and retry");
        }
        if (!state.balance().covers(command.amount())) {
            return tooPoor(command.amount(), Asset.ATN);
        }
        if (state.locks().size() >= AccountRules.MAX_LOCKS) {
            return Decision.refuse(
                    Code.FULL, "the account holds " + AccountRules.MAX_LOCKS + " stakes", "withdraw one that is free");
        }
        long lock = state.nextLock();
        long unlock = context.timestampMillis() + context.genesis().scaledMillis(role.lock());
        return actsOf(context.signer().address())
                .event(new AccountEvent.Staked(lock, command.project(), role, command.amount(), unlock))
                .send(command.project(), new ProjectCommand.Join(context.signer(), role, command.amount(), lock))
                .accept();
    }

    /** ACC-05: both the project's word and the lock time are needed. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.Withdraw command) {
        Optional<Decision<AccountEvent>> foreign = unlessOwner();
        if (foreign.isPresent()) {
            return foreign.get();
        }
        Lock lock = state.locks().get(command.lock());
        if (lock == null) {
            return noSuchLock(command.lock());
        }
        if (!lock.released()) {
            return Decision.refuse(
                    Code.STILL_LOCKED,
                    "lock " + command.lock() + " still backs a " + lock.role().label(),
                    "leave project " + lock.project() + " first");
        }
        if (context.timestampMillis() < lock.unlockMillis()) {
            return Decision.refuse(
                    Code.STILL_LOCKED,
                    "lock " + command.lock() + " opens in " + (lock.unlockMillis() - context.timestampMillis()) + " ms",
                    "retry then");
        }
        return Acts.<AccountEvent>in(context)
                .event(new AccountEvent.Unstaked(command.lock()))
                .accept();
    }

    private Decision<AccountEvent> noSuchLock(long number) {
        return Decision.refuse(Code.NO_SUCH_LOCK, "there is no lock " + number, "list the account's locks");
    }

    /** ACC-06, ACC-16: money comes from accounts only, and of no more assets than an account may hold. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.Credit command) {
        if (!context.sentByKind(Kind.ACCOUNT)) {
            return notAuthorised("an account");
        }
        if (!context.accountOf(command.owner()).equals(context.self())) {
            return Decision.refuse(
                    Code.NOT_YOURS,
                    context.self().brief() + " is not the account of "
                            + command.owner().brief(),
                    "credit " + context.accountOf(command.owner()));
        }
        Asset asset = command.asset();
        if (sum(List.of(state.balance(asset), command.amount())).isEmpty()) {
            return Decision.refuse(
                    Code.FULL, "the account cannot hold " + asset.describe(command.amount()) + " more", "credit less");
        }
        if (!asset.isAtn()
                && !state.assets().containsKey(asset)
                && state.assets().size() >= AccountRules.MAX_ASSETS) {
            return Decision.refuse(
                    Code.FULL,
                    "the account holds " + AccountRules.MAX_ASSETS + " assets besides ATN",
                    "let its owner send one of them away, all of it");
        }
        return actsOf(command.owner())
                .event(new AccountEvent.Credited(command.amount(), asset))
                .accept();
    }

    private boolean fromOwningProcess() {
        return context.origin() instanceof Origin.Process source
                && context.accountOf(source.id().hash()).equals(context.self());
    }

    /** ACC-07. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.Hold command) {
        if (!fromOwningProcess()) {
            return notAuthorised("the process that owns this escrow");
        }
        if (state.holds().containsKey(command.reference())) {
            return Decision.refuse(Code.ALREADY_DONE, "that reference is held already", "use a fresh one");
        }
        if (!state.balance().covers(command.amount())) {
            return tooPoor(command.amount(), Asset.ATN);
        }
        return actsOf(context.sender().hash())
                .event(new AccountEvent.Held(command.reference(), command.amount()))
                .send(context.sender(), new ProjectCommand.Held(command.reference()))
                .accept();
    }

    /** ACC-07: a reference is settled once; what it cannot cover is refused as a whole. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.Settle command) {
        if (!fromOwningProcess()) {
            return notAuthorised("the process that owns this escrow");
        }
        Amount held = state.holds().get(command.reference());
        if (held == null) {
            return Decision.refuse(
                    Code.ALREADY_DONE, "nothing is held under that reference", "hold first, settle once");
        }
        Optional<Amount> total = total(command.payments());
        if (total.isEmpty() || !held.covers(total.get())) {
            return Decision.refuse(
                    Code.INSUFFICIENT_FUNDS,
                    "the payments add up to more than the " + held + " ATN that are held",
                    "settle at most what is held");
        }
        Amount paid = total.get();
        Acts<AccountEvent> acts = Acts.in(context);
        acts.event(new AccountEvent.Settled(command.reference(), paid, held.minus(paid)));
        pay(acts, command.payments());
        return acts.accept();
    }

    /** ACC-11, ACC-17: what an ended project did not spend goes back to its owner; of nothing, nothing is sent. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.Sweep command) {
        if (!fromOwningProcess()) {
            return notAuthorised("the process that owns this escrow");
        }
        Acts<AccountEvent> acts = Acts.in(context);
        if (!state.balance().isZero()) {
            send(acts, command.to(), state.balance(), Asset.ATN);
        }
        state.assets().forEach((asset, amount) -> send(acts, command.to(), amount, asset));
        return acts.accept();
    }

    /** ACC-10: a charge takes at most what is locked; the treasury gets what nobody is paid. */
    @Override
    public Decision<AccountEvent> on(AccountCommand.Charge command) {
        Lock lock = state.locks().get(command.lock());
        if (lock == null) {
            return noSuchLock(command.lock());
        }
        if (!context.sentBy(lock.project())) {
            return notAuthorised("the project that the stake is locked for");
        }
        Optional<Amount> total = total(command.payments());
        if (total.isEmpty()
                || !lock.amount().covers(command.amount())
                || !command.amount().covers(total.get())) {
            return Decision.refuse(
                    Code.INSUFFICIENT_FUNDS,
                    "lock " + lock.amount() + " ATN, charge " + command.amount() + " with "
                            + command.payments().size() + " payments",
                    "charge at most the lock and pay at most the charge");
        }
        Acts<AccountEvent> acts = Acts.in(context);
        acts.event(new AccountEvent.Charged(command.lock(), command.amount()));
        pay(acts, command.payments());
        Hash treasury = context.genesis().treasury().address();
        pay(acts, List.of(new Payment(treasury, command.amount().minus(total.get()))));
        return acts.accept();
    }

    @Override
    public Decision<AccountEvent> on(AccountCommand.Release command) {
        Lock lock = state.locks().get(command.lock());
        if (lock == null) {
            return noSuchLock(command.lock());
        }
        if (!context.sentBy(lock.project())) {
            return notAuthorised("the project that the stake is locked for");
        }
        return Acts.<AccountEvent>in(context)
                .event(new AccountEvent.Released(command.lock()))
                .accept();
    }

    private void pay(Acts<AccountEvent> acts, List<Payment> payments) {
        for (Payment payment : payments) {
            if (!payment.amount().isZero()) {
                acts.send(
                        context.accountOf(payment.owner()),
                        new AccountCommand.Credit(payment.owner(), payment.amount()));
            }
        }
    }

    private static Optional<Amount> total(List<Payment> payments) {
        return sum(payments.stream().map(Payment::amount).toList());
    }

    /** Absent if no account can hold that much. */
    private static Optional<Amount> sum(List<Amount> amounts) {
        BigInteger sum = BigInteger.ZERO;
        for (Amount amount : amounts) {
            sum = sum.add(amount.units());
        }
        return sum.bitLength() > Amount.MAX_BITS ? Optional.empty() : Optional.of(new Amount(sum));
    }
}

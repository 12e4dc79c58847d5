package computer.autonet.protocol.account;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Code;
import computer.autonet.protocol.process.Context;
import computer.autonet.protocol.process.Refusal;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may be granted, used and revoked (ACC-12 to ACC-15, ACC-18), for one state of an account. */
record MandateRules(AccountState state, Context context) {
    /** Mandates that one account may have standing, so that its state stays small. */
    static final int MAX_MANDATES = 256;

    private static Optional<Refusal> refuse(Code code, String detail, String remedy) {
        return Optional.of(new Refusal(code, detail, remedy));
    }

    private static Optional<Refusal> noSuch(long number) {
        return refuse(
                Code.NO_SUCH_MANDATE,
                "mandate " + number + " does not stand in this account",
                "list the account's mandates; ask its owner for one");
    }

    private Optional<Refusal> unlessHolder(long number, Grant grant) {
        if (context.signedBy(grant.mandate().holder())) {
            return Optional.empty();
        }
        return refuse(
                Code.NOT_YOURS,
                "mandate " + number + " was granted to "
                        + grant.mandate().holder().brief(),
                "sign with the key that it names");
    }

    /** ACC-12. */
    private Optional<Refusal> unfit(Mandate mandate) {
        if (mandate.rights().isEmpty()
                || !mandate.rights().stream()
                        .distinct()
                        .sorted(Comparator.naturalOrder())
                        .toList()
                        .equals(mandate.rights())) {
            return refuse(
                    Code.INVALID_ARGUMENT, "the rights are " + mandate.rights(), "name each right once, ascending");
        }
        if (mandate.receiver().isPresent() && mandate.rights().contains(Right.CREATE_PROJECT)) {
            return refuse(
                    Code.INVALID_ARGUMENT,
                    "a project is created for no receiver",
                    "grant two mandates: one to pay that receiver, one to create projects");
        }
        if (mandate.untilMillis() <= mandate.fromMillis() || mandate.untilMillis() <= context.timestampMillis()) {
            return refuse(
                    Code.INVALID_ARGUMENT,
                    "the mandate would never hold: from " + mandate.fromMillis() + " until " + mandate.untilMillis()
                            + ", now " + context.timestampMillis(),
                    "end it in the future and after its beginning");
        }
        if (mandate.depth() < 0 || mandate.depth() > Mandate.MAX_DEPTH) {
            return refuse(
                    Code.INVALID_ARGUMENT,
                    "depth " + mandate.depth(),
                    "choose 0 (not passed on) to " + Mandate.MAX_DEPTH);
        }
        return Optional.empty();
    }

    /** Why the signer may not grant this; absent if it may. */
    Optional<Refusal> againstGrant(Mandate mandate, long under) {
        if (under == 0) {
            if (context.unlessOwner().isPresent()) {
                return refuse(
                        Code.NOT_YOURS,
                        "only the owner of " + context.self().brief() + " grants by its own authority",
                        "name the mandate that you pass on from");
            }
        } else {
            Grant above = state.mandates().get(under);
            if (above == null) {
                return noSuch(under);
            }
            Optional<Refusal> foreign = unlessHolder(under, above);
            if (foreign.isPresent()) {
                return foreign;
            }
            if (!above.mandate().contains(mandate)) {
                return refuse(
                        Code.BEYOND_MANDATE,
                        "more would be passed on than mandate " + under + " gives",
                        "stay within its rights, receiver, asset, cap and time, and at least one below its depth of "
                                + above.mandate().depth());
            }
        }
        Optional<Refusal> unfit = unfit(mandate);
        if (unfit.isPresent()) {
            return unfit;
        }
        return state.mandates().size() < MAX_MANDATES
                ? Optional.empty()
                : refuse(
                        Code.FULL,
                        "the account has " + MAX_MANDATES + " mandates",
                        "revoke one that is over or not needed");
    }

    /** ACC-15: the owner, the holder itself, or whoever holds one that it was passed on from. */
    Optional<Refusal> againstRevoking(long number) {
        if (!state.mandates().containsKey(number)) {
            return noSuch(number);
        }
        if (context.unlessOwner().isEmpty()) {
            return Optional.empty();
        }
        for (@Nullable Grant at = state.mandates().get(number);
                at != null;
                at = state.mandates().get(at.under())) {
            if (context.signedBy(at.mandate().holder())) {
                return Optional.empty();
            }
        }
        return refuse(
                Code.NOT_YOURS,
                "mandate " + number + " is neither yours nor passed on from yours",
                "ask the account's owner to revoke it");
    }

    /** ACC-13: why the signer may not use this right under a mandate; absent if it may. */
    Optional<Refusal> againstUse(long number, Right right) {
        Grant grant = state.mandates().get(number);
        if (grant == null) {
            return noSuch(number);
        }
        Optional<Refusal> foreign = unlessHolder(number, grant);
        if (foreign.isPresent()) {
            return foreign;
        }
        Mandate mandate = grant.mandate();
        if (!mandate.rights().contains(right)) {
            return refuse(
                    Code.BEYOND_MANDATE,
                    "mandate " + number + " allows " + mandate.rights() + ", not " + right,
                    "ask for a mandate that does");
        }
        if (!mandate.covers(context.timestampMillis())) {
            return refuse(
                    Code.BEYOND_MANDATE,
                    "mandate " + number + " holds from " + mandate.fromMillis() + " until " + mandate.untilMillis()
                            + ", now " + context.timestampMillis(),
                    "act within that time or ask for a new mandate");
        }
        return Optional.empty();
    }

    /** ACC-13, ACC-18: why the signer may not send this; absent if it may. */
    Optional<Refusal> againstTransfer(AccountCommand.TransferUnder command) {
        long number = command.mandate();
        Optional<Refusal> unusable = againstUse(number, Right.TRANSFER);
        if (unusable.isPresent()) {
            return unusable;
        }
        Grant grant = Tables.at(state.mandates(), number);
        Mandate mandate = grant.mandate();
        if (mandate.receiver().isPresent() && !mandate.receiver().get().equals(command.to())) {
            return refuse(
                    Code.BEYOND_MANDATE,
                    "mandate " + number + " pays " + mandate.receiver().get().brief() + " only",
                    "send to that owner");
        }
        Asset asset = mandate.asset();
        if (!asset.equals(command.asset())) {
            return refuse(
                    Code.BEYOND_MANDATE,
                    "mandate " + number + " is over asset " + asset + ", not " + command.asset(),
                    "send that asset or ask for a mandate over the other");
        }
        for (@Nullable Grant at = grant; at != null; at = state.mandates().get(at.under())) {
            Amount left = at.mandate().cap().minus(at.spent());
            if (!left.covers(command.amount())) {
                return refuse(
                        Code.BEYOND_MANDATE,
                        "the mandate leaves " + asset.describe(left) + ", needed " + asset.write(command.amount()),
                        "send less or ask for a higher cap");
            }
        }
        return Optional.empty();
    }
}

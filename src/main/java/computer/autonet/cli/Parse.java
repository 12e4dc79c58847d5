package computer.autonet.cli;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;

/** Ids and sums as users write them. */
public final class Parse {
    private Parse() {}

    static ProcessId process(String text) {
        try {
            return ProcessId.parse(text);
        } catch (IllegalArgumentException e) {
            throw CliException.users(
                    "ID_INVALID",
                    "'" + text + "' names no process",
                    "write KIND:HEX with all 64 digits; tables show the first eight, --json all");
        }
    }

    /** {@code KIND:HEX} or the digits alone. */
    public static ProcessId process(Kind kind, String text) {
        ProcessId id = process(text.contains(":") ? text : kind.label() + ":" + text);
        if (id.kind() != kind) {
            throw CliException.users("ID_INVALID", text + " is no " + kind.label(), "name a " + kind.label());
        }
        return id;
    }

    static Asset asset(String text) {
        try {
            return Asset.parse(text);
        } catch (IllegalArgumentException e) {
            throw CliException.users(
                    "ASSET_INVALID",
                    "'" + text + "' names no asset",
                    "write ATN, the 0x-address of a token's contract, or its 64 digits");
        }
    }

    /** Of ATN in tokens, of any other asset in its smallest units. */
    static Amount amount(Asset asset, String text) {
        if (asset.isAtn()) {
            return amount(text);
        }
        try {
            return asset.parseAmount(text);
        } catch (IllegalArgumentException e) {
            throw CliException.users(
                    "AMOUNT_INVALID",
                    "'" + text + "' is no amount of asset " + asset,
                    "write a whole number of its smallest units, such as 1250");
        }
    }

    static Amount amount(String text) {
        try {
            return Amount.parseTokens(text);
        } catch (IllegalArgumentException e) {
            throw CliException.users(
                    "AMOUNT_INVALID", "'" + text + "' is no amount of ATN", "write a decimal number, such as 12.5");
        }
    }
}

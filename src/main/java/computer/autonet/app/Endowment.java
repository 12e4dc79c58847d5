package computer.autonet.app;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Identity;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is to begin with in a new network, besides what everybody there gets.
 *
 * @param holder a name among the network's keys, or an address
 */
record Endowment(String holder, Asset asset, Amount amount) {
    /** Parses {@code HOLDER:ASSET:AMOUNT}. */
    static Endowment parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw invalid("'" + text + "' has " + parts.length + " parts", "write HOLDER:ASSET:AMOUNT");
        }
        try {
            Asset asset = Asset.parse(parts[1]);
            return new Endowment(parts[0], asset, asset.parseAmount(parts[2]));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()), "mend --allocate " + text);
        }
    }

    /** Adds it to what the holders have, of ATN or of another asset. */
    void addTo(
            Map<String, Identity> holders,
            SortedMap<Identity, Amount> atn,
            SortedMap<Asset, SortedMap<Identity, Amount>> others) {
        Identity identity = identity(holders);
        var amounts = asset.isAtn() ? atn : others.computeIfAbsent(asset, a -> new TreeMap<>());
        amounts.merge(identity, amount, Amount::plus);
    }

    private Identity identity(Map<String, Identity> holders) {
        @Nullable Identity named = holders.get(holder);
        return Optional.ofNullable(named).orElseGet(() -> {
            try {
                return Identity.ofHex(holder);
            } catch (IllegalArgumentException e) {
                throw invalid(
                        "nobody in this network is called '" + holder + "'",
                        "name one of " + holders.keySet() + ", or give the 64 digits of an address");
            }
        });
    }

    private static UserError invalid(String what, String remedy) {
        return new UserError("ALLOCATION_INVALID", what, remedy);
    }
}

package computer.autonet.cli;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Of which asset a sum is. */
final class AssetOptions {
    @Option(
            names = "--asset",
            paramLabel = "ASSET",
            defaultValue = "ATN",
            description = "ATN, the 0x-address of a token's contract, or 64 digits (default: ${DEFAULT-VALUE}).")
    String asset = "ATN";

    Asset asset() {
        return Parse.asset(asset);
    }

    /** ATN in tokens, any other asset in its smallest units. */
    Amount amount(String text) {
        return Parse.amount(asset(), text);
    }

    /** How a report tells a sum: with its name for ATN, the number of smallest units for any other asset. */
    static Object told(Asset asset, Amount amount) {
        return asset.isAtn() ? amount : asset.write(amount);
    }

    /** What a report adds to a sum that is not of ATN. */
    static Optional<Asset> named(Asset asset) {
        return Optional.of(asset).filter(a -> !a.isAtn());
    }
}

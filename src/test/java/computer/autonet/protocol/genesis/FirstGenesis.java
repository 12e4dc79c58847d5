package computer.autonet.protocol.genesis;

import computer.autonet.base.Amount;
import computer.autonet.base.Asset;
import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.List;
import java.util.SortedMap;

/** Beginnings of the networks of tests, under the first versions of rules and constitution. */
public final class FirstGenesis {
    private FirstGenesis() {}

    /** Without other assets than ATN. */
    public static Genesis of(
            String name,
            long timeDivisor,
            SortedMap<Identity, Amount> allocations,
            Identity treasury,
            List<Identity> guardians) {
        return of(name, timeDivisor, allocations, Tables.empty(), treasury, guardians);
    }

    public static Genesis of(
            String name,
            long timeDivisor,
            SortedMap<Identity, Amount> allocations,
            SortedMap<Asset, SortedMap<Identity, Amount>> assets,
            Identity treasury,
            List<Identity> guardians) {
        return new Genesis(name, Versions.FIRST, timeDivisor, allocations, assets, treasury, guardians);
    }
}

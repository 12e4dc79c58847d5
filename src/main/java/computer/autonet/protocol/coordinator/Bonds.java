package computer.autonet.protocol.coordinator;

import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.SortedMap;

/** One coordinator's bonds with the solvers of one project, in 65535ths. */
public record Bonds(SortedMap<Identity, Integer> bySolver) {
    static final Bonds NONE = new Bonds(Tables.empty());

    public Bonds {
        bySolver = Tables.copyOf(bySolver);
    }
}

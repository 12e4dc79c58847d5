package computer.autonet.protocol.yuma;

import computer.autonet.base.Identity;
import computer.autonet.base.Tables;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bonds of one project: a number from 1 to 65535 for each pair of coordinator and solver that has one (YUMA-13).
 * The project's roster bounds the pairs.
 *
 * @param byCoordinator per coordinator, per solver; a bond of zero is not kept
 */
public record Bonds(SortedMap<Identity, SortedMap<Identity, Integer>> byCoordinator) {
    public static final Bonds NONE = new Bonds(Tables.empty());

    public Bonds {
        var copy = new TreeMap<Identity, SortedMap<Identity, Integer>>();
        byCoordinator.forEach((coordinator, bonds) -> {
            for (int bond : bonds.values()) {
                if (bond < 1 || bond > Fixed.U16_MAX) {
                    throw new IllegalArgumentException("a kept bond lies between 1 and 65535, not " + bond);
                }
            }
            if (!bonds.isEmpty()) {
                copy.put(coordinator, Tables.copyOf(bonds));
            }
        });
        byCoordinator = Tables.copyOf(copy);
    }

    /** The bond of a pair, zero where it has none. */
    public int of(Identity coordinator, Identity solver) {
        Map<Identity, Integer> bonds = byCoordinator.get(coordinator);
        return bonds == null ? 0 : bonds.getOrDefault(solver, 0);
    }

    /** What an epoch takes: one row per coordinator, one column per solver, in the given orders. */
    public U16Matrix among(List<Identity> coordinators, List<Identity> solvers) {
        int[][] cells = new int[coordinators.size()][solvers.size()];
        for (int i = 0; i < cells.length; i++) {
            for (int j = 0; j < cells[i].length; j++) {
                cells[i][j] = of(coordinators.get(i), solvers.get(j));
            }
        }
        return U16Matrix.of(solvers.size(), cells);
    }

    /** These bonds after an epoch among the given parties; pairs outside it keep theirs. */
    public Bonds after(List<Identity> coordinators, List<Identity> solvers, U16Matrix bonds) {
        if (bonds.rows() != coordinators.size() || bonds.columns() != solvers.size()) {
            throw new IllegalArgumentException("the epoch's bonds are " + bonds.rows() + "x" + bonds.columns()
                    + ", its parties " + coordinators.size() + "x" + solvers.size());
        }
        var copy = new TreeMap<Identity, SortedMap<Identity, Integer>>(byCoordinator);
        for (int i = 0; i < bonds.rows(); i++) {
            var row = new TreeMap<Identity, Integer>();
            row.putAll(copy.getOrDefault(coordinators.get(i), Tables.empty()));
            for (int j = 0; j < bonds.columns(); j++) {
                if (bonds.at(i, j) == 0) {
                    row.remove(solvers.get(j));
                } else {
                    row.put(solvers.get(j), bonds.at(i, j));
                }
            }
            copy.put(coordinators.get(i), row);
        }
        return new Bonds(copy);
    }
}

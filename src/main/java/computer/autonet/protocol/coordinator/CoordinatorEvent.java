package computer.autonet.protocol.coordinator;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.role.Service;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has happened to a coordinator. */
public sealed interface CoordinatorEvent extends Event {
    CoordinatorState evolve(CoordinatorState state);

    record Enlisted(Identity owner, List<ProcessId> projects) implements CoordinatorEvent {
        public Enlisted {
            projects = List.copyOf(projects);
        }

        @Override
        public CoordinatorState evolve(CoordinatorState state) {
            // COORD-04: bonds are kept for the projects that it serves, so that they stay as few as those.
            SortedMap<ProcessId, Bonds> kept = state.bonds();
            for (ProcessId project : state.bonds().keySet()) {
                if (!projects.contains(project) && !state.seats().containsValue(project)) {
                    kept = Tables.without(kept, project);
                }
            }
            return new CoordinatorState(Optional.of(owner), projects, state.seats(), kept, state.record());
        }
    }

    record Seated(Hash reference, ProcessId project) implements CoordinatorEvent {
        @Override
        public CoordinatorState evolve(CoordinatorState state) {
            return new CoordinatorState(
                    state.owner(),
                    state.projects(),
                    Tables.with(state.seats(), reference, project),
                    state.bonds(),
                    state.record());
        }
    }

    /** The committee is dissolved; the named bonds replace the old ones, others stay as they were (COORD-03, YUMA-13). */
    record Unseated(Hash reference, Service service, SortedMap<Identity, Integer> bonds) implements CoordinatorEvent {
        public Unseated {
            bonds = Tables.copyOf(bonds);
        }

        @Override
        public CoordinatorState evolve(CoordinatorState state) {
            ProcessId project = Tables.at(state.seats(), reference);
            var kept = new TreeMap<>(
                    state.bonds().getOrDefault(project, Bonds.NONE).bySolver());
            bonds.forEach((solver, bond) -> {
                if (bond == 0) {
                    kept.remove(solver);
                } else {
                    kept.put(solver, bond);
                }
            });
            return new CoordinatorState(
                    state.owner(),
                    state.projects(),
                    Tables.without(state.seats(), reference),
                    kept.isEmpty()
                            ? Tables.without(state.bonds(), project)
                            : Tables.with(state.bonds(), project, new Bonds(kept)),
                    state.record().after(service));
        }
    }
}

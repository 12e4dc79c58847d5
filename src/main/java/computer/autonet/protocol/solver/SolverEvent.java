package computer.autonet.protocol.solver;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Event;
import computer.autonet.protocol.role.Service;
import java.util.List;
import java.util.Optional;

/** What has happened to a solver. */
public sealed interface SolverEvent extends Event {
    SolverState evolve(SolverState state);

    record Declared(Identity owner, int capacity, List<ProcessId> projects) implements SolverEvent {
        public Declared {
            projects = List.copyOf(projects);
        }

        @Override
        public SolverState evolve(SolverState state) {
            return new SolverState(Optional.of(owner), capacity, projects, state.assignments(), state.record());
        }
    }

    record Assigned(Hash reference, ProcessId project) implements SolverEvent {
        @Override
        public SolverState evolve(SolverState state) {
            return new SolverState(
                    state.owner(),
                    state.capacity(),
                    state.projects(),
                    Tables.with(state.assignments(), reference, project),
                    state.record());
        }
    }

    record Released(Hash reference, Service service) implements SolverEvent {
        @Override
        public SolverState evolve(SolverState state) {
            return new SolverState(
                    state.owner(),
                    state.capacity(),
                    state.projects(),
                    Tables.without(state.assignments(), reference),
                    state.record().after(service));
        }
    }
}

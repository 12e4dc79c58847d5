package computer.autonet.protocol.solver;

import computer.autonet.base.Hash;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.role.Service;
import java.util.List;

/** What a solver's process is asked to do, by its owner's signature or by a project. */
public sealed interface SolverCommand extends Command {
    <R> R accept(Visitor<R> visitor);

    /** Signed: how many tasks at a time, and for which projects. Nobody is drawn without having said so. */
    record Declare(int capacity, List<ProcessId> projects) implements SolverCommand {
        public Declare {
            projects = List.copyOf(projects);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From a project: work on the round attempt with this reference. */
    record Assign(Hash reference) implements SolverCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From a project: that attempt is over. */
    record Release(Hash reference, Service service) implements SolverCommand {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** An answer to each command. */
    interface Visitor<R> {
        R on(Declare command);

        R on(Assign command);

        R on(Release command);
    }
}

package computer.autonet.protocol.coordinator;

import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.base.Tables;
import computer.autonet.protocol.process.Command;
import computer.autonet.protocol.role.Service;
import java.util.List;
import java.util.SortedMap;

/** What a coordinator's process is asked to do, by its owner's signature or by a project. */
public sealed interface CoordinatorCommand extends Command {
    <R> R accept(Visitor<R> visitor);

    /** Signed: the projects whose committees this coordinator will sit on. */
    record Enlist(List<ProcessId> projects) implements CoordinatorCommand {
        public Enlist {
            projects = List.copyOf(projects);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From a project: sit on the committee of this round attempt and tell your bonds with these solvers. */
    record Seat(Hash reference, List<Identity> solvers) implements CoordinatorCommand {
        public Seat {
            solvers = List.copyOf(solvers);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** From a project: the committee is dissolved; these are the bonds now, as 65535ths. */
    record Unseat(Hash reference, Service service, SortedMap<Identity, Integer> bonds) implements CoordinatorCommand {
        public Unseat {
            bonds = Tables.copyOf(bonds);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** An answer to each command. */
    interface Visitor<R> {
        R on(Enlist command);

        R on(Seat command);

        R on(Unseat command);
    }
}

package computer.autonet.protocol.project;

import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.task.TaskResult;
import java.util.List;
import java.util.Optional;

/** What a project is doing now. */
public sealed interface Stage {
    /** Stands in refusals that logs keep, and so in their hashes: it never changes, whatever the class is called. */
    String name();

    /** Waiting for participants. */
    record Gathering() implements Stage {
        @Override
        public String name() {
            return "Gathering";
        }
    }

    /** Waiting for the proposer in turn. */
    record Proposing(Identity proposer, long deadlineMillis) implements Stage {
        @Override
        public String name() {
            return "Proposing";
        }
    }

    /** The reward is being set aside. */
    record Funding(Proposal proposal) implements Stage {
        @Override
        public String name() {
            return "Funding";
        }
    }

    /** Solvers are being asked. */
    record Drawing(Proposal proposal, Invitation invitation) implements Stage {
        @Override
        public String name() {
            return "Drawing";
        }
    }

    /**
     * The task is under way.
     *
     * @param committees how many were drawn
     * @param invitation the committee's draw, while it is going on
     * @param seats the seated committee
     */
    record Running(
            Proposal proposal,
            ProcessId task,
            List<Identity> solvers,
            int committees,
            Optional<Invitation> invitation,
            Optional<Invitation> seats)
            implements Stage {
        public Running {
            solvers = List.copyOf(solvers);
        }

        @Override
        public String name() {
            return "Running";
        }
    }

    /** The committee has decided; the model is being averaged and certified. */
    record Averaging(Running task, TaskResult result) implements Stage {
        @Override
        public String name() {
            return "Averaging";
        }
    }

    /** Something is needed that only the owner can do. */
    record Paused(String reason) implements Stage {
        @Override
        public String name() {
            return "Paused";
        }
    }

    /** All rounds are published. */
    record Complete() implements Stage {
        @Override
        public String name() {
            return "Complete";
        }
    }
}

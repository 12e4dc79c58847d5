package computer.autonet.protocol.project;

import computer.autonet.base.Identity;
import computer.autonet.base.ProcessId;
import computer.autonet.protocol.task.TaskResult;
import java.util.List;
import java.util.Optional;

/** What a project is doing now. */
public sealed interface Stage {
    /** Waiting for participants. */
    record Gathering() implements Stage {}

    /** Waiting for the proposer in turn. */
    record Proposing(Identity proposer, long deadlineMillis) implements Stage {}

    /** The reward is being set aside. */
    record Funding(Proposal proposal) implements Stage {}

    /** Solvers are being asked. */
    record Drawing(Proposal proposal, Invitation invitation) implements Stage {}

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
    }

    /** The committee has decided; the model is being averaged and certified. */
    record Averaging(Running task, TaskResult result) implements Stage {}

    /** Something is needed that only the owner can do. */
    record Paused(String reason) implements Stage {}

    /** All rounds are published. */
    record Complete() implements Stage {}
}

package computer.autonet.engine.work;

import computer.autonet.base.ProcessId;
import computer.autonet.protocol.aggregator.AggregatorState;
import computer.autonet.protocol.project.ProjectState;
import computer.autonet.protocol.task.TaskState;
import java.util.Optional;

/**
 * What a participant sees of its project.
 *
 * @param task the round's task, while one is under way
 * @param job what is being averaged now
 */
record Situation(
        ProcessId id, ProjectState.Founded project, Optional<Running> task, Optional<AggregatorState.Job> job) {
    /** A task and where it stands. */
    record Running(ProcessId id, TaskState state) {}
}

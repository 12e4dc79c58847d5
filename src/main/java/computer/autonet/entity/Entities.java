package computer.autonet.entity;

import computer.autonet.entity.account.AccountActor;
import computer.autonet.entity.aggregator.AggregatorActor;
import computer.autonet.entity.constitution.ConstitutionActor;
import computer.autonet.entity.coordinator.CoordinatorActor;
import computer.autonet.entity.project.ProjectActor;
import computer.autonet.entity.solver.SolverActor;
import computer.autonet.entity.task.TaskActor;
import computer.autonet.process.HostedKind;
import java.util.List;

/** All kinds of process that a node hosts. */
public final class Entities {
    public static final List<HostedKind> ALL = List.of(
            AccountActor.KIND,
            ProjectActor.KIND,
            TaskActor.KIND,
            SolverActor.KIND,
            CoordinatorActor.KIND,
            AggregatorActor.KIND,
            ConstitutionActor.KIND);

    private Entities() {}
}

package computer.autonet.entity.task;

import computer.autonet.base.Kind;
import computer.autonet.codec.KindCodec;
import computer.autonet.process.HostedKind;
import computer.autonet.process.Placement;
import computer.autonet.process.ProcessActor;
import computer.autonet.process.Request;
import computer.autonet.protocol.task.TaskCommand;
import computer.autonet.protocol.task.TaskEvent;
import computer.autonet.protocol.task.TaskState;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Hosts one task, a round of a project. Owes the end of each phase at its deadline, and its result to the project. */
public final class TaskActor extends ProcessActor<TaskState, TaskCommand, TaskEvent> {
    public static final EntityTypeKey<Request> KEY = keyOf(Kind.TASK);

    public static final HostedKind KIND = new HostedKind(Kind.TASK, KEY, TaskActor::new);

    @SuppressWarnings("unchecked") // the table of codecs is by kind
    private static final KindCodec<TaskState, TaskCommand, TaskEvent> CODEC =
            (KindCodec<TaskState, TaskCommand, TaskEvent>) KindCodec.of(Kind.TASK);

    private TaskActor(Placement placement) {
        super(CODEC, placement);
    }
}

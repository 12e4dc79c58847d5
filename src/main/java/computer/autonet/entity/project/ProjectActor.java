package computer.autonet.entity.project;

import computer.autonet.base.Kind;
import computer.autonet.codec.KindCodec;
import computer.autonet.process.HostedKind;
import computer.autonet.process.Placement;
import computer.autonet.process.ProcessActor;
import computer.autonet.process.Request;
import computer.autonet.protocol.project.ProjectCommand;
import computer.autonet.protocol.project.ProjectEvent;
import computer.autonet.protocol.project.ProjectState;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Hosts one project: its roster, rounds and model versions. Owes its next round at a deadline, draws, and payment, once, at publication. */
public final class ProjectActor extends ProcessActor<ProjectState, ProjectCommand, ProjectEvent> {
    public static final EntityTypeKey<Request> KEY = keyOf(Kind.PROJECT);

    public static final HostedKind KIND = new HostedKind(Kind.PROJECT, KEY, ProjectActor::new);

    @SuppressWarnings("unchecked") // the table of codecs is by kind
    private static final KindCodec<ProjectState, ProjectCommand, ProjectEvent> CODEC =
            (KindCodec<ProjectState, ProjectCommand, ProjectEvent>) KindCodec.of(Kind.PROJECT);

    private ProjectActor(Placement placement) {
        super(CODEC, placement);
    }
}

package computer.autonet.entity.solver;

import computer.autonet.base.Kind;
import computer.autonet.codec.KindCodec;
import computer.autonet.process.HostedKind;
import computer.autonet.process.Placement;
import computer.autonet.process.ProcessActor;
import computer.autonet.process.Request;
import computer.autonet.protocol.solver.SolverCommand;
import computer.autonet.protocol.solver.SolverEvent;
import computer.autonet.protocol.solver.SolverState;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Hosts one solver: its capacity, assignments and record. Owes answers to projects. */
public final class SolverActor extends ProcessActor<SolverState, SolverCommand, SolverEvent> {
    public static final EntityTypeKey<Request> KEY = keyOf(Kind.SOLVER);

    public static final HostedKind KIND = new HostedKind(Kind.SOLVER, KEY, SolverActor::new);

    @SuppressWarnings("unchecked") // the table of codecs is by kind
    private static final KindCodec<SolverState, SolverCommand, SolverEvent> CODEC =
            (KindCodec<SolverState, SolverCommand, SolverEvent>) KindCodec.of(Kind.SOLVER);

    private SolverActor(Placement placement) {
        super(CODEC, placement);
    }
}

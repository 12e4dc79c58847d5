package computer.autonet.entity.coordinator;

import computer.autonet.base.Kind;
import computer.autonet.codec.KindCodec;
import computer.autonet.process.HostedKind;
import computer.autonet.process.Placement;
import computer.autonet.process.ProcessActor;
import computer.autonet.process.Request;
import computer.autonet.protocol.coordinator.CoordinatorCommand;
import computer.autonet.protocol.coordinator.CoordinatorEvent;
import computer.autonet.protocol.coordinator.CoordinatorState;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Hosts one coordinator: its seats, bonds and vigilance record. Owes answers to projects. */
public final class CoordinatorActor extends ProcessActor<CoordinatorState, CoordinatorCommand, CoordinatorEvent> {
    public static final EntityTypeKey<Request> KEY = keyOf(Kind.COORDINATOR);

    public static final HostedKind KIND = new HostedKind(Kind.COORDINATOR, KEY, CoordinatorActor::new);

    @SuppressWarnings("unchecked") // the table of codecs is by kind
    private static final KindCodec<CoordinatorState, CoordinatorCommand, CoordinatorEvent> CODEC =
            (KindCodec<CoordinatorState, CoordinatorCommand, CoordinatorEvent>) KindCodec.of(Kind.COORDINATOR);

    private CoordinatorActor(Placement placement) {
        super(CODEC, placement);
    }
}

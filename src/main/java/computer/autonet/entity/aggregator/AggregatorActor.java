package computer.autonet.entity.aggregator;

import computer.autonet.base.Kind;
import computer.autonet.codec.KindCodec;
import computer.autonet.process.HostedKind;
import computer.autonet.process.Placement;
import computer.autonet.process.ProcessActor;
import computer.autonet.process.Request;
import computer.autonet.protocol.aggregator.AggregatorCommand;
import computer.autonet.protocol.aggregator.AggregatorEvent;
import computer.autonet.protocol.aggregator.AggregatorState;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Hosts the aggregation of one project. Owes the next aggregator when one is silent at the deadline. */
public final class AggregatorActor extends ProcessActor<AggregatorState, AggregatorCommand, AggregatorEvent> {
    public static final EntityTypeKey<Request> KEY = keyOf(Kind.AGGREGATOR);

    public static final HostedKind KIND = new HostedKind(Kind.AGGREGATOR, KEY, AggregatorActor::new);

    @SuppressWarnings("unchecked") // the table of codecs is by kind
    private static final KindCodec<AggregatorState, AggregatorCommand, AggregatorEvent> CODEC =
            (KindCodec<AggregatorState, AggregatorCommand, AggregatorEvent>) KindCodec.of(Kind.AGGREGATOR);

    private AggregatorActor(Placement placement) {
        super(CODEC, placement);
    }
}

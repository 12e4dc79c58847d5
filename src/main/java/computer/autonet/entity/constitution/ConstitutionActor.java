package computer.autonet.entity.constitution;

import computer.autonet.base.Kind;
import computer.autonet.codec.KindCodec;
import computer.autonet.process.HostedKind;
import computer.autonet.process.Placement;
import computer.autonet.process.ProcessActor;
import computer.autonet.process.Request;
import computer.autonet.protocol.constitution.ConstitutionCommand;
import computer.autonet.protocol.constitution.ConstitutionEvent;
import computer.autonet.protocol.constitution.ConstitutionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Hosts the constitution of one network. Owes nothing: every verdict falls with an opinion. */
public final class ConstitutionActor extends ProcessActor<ConstitutionState, ConstitutionCommand, ConstitutionEvent> {
    public static final EntityTypeKey<Request> KEY = keyOf(Kind.CONSTITUTION);

    public static final HostedKind KIND = new HostedKind(Kind.CONSTITUTION, KEY, ConstitutionActor::new);

    @SuppressWarnings("unchecked") // the table of codecs is by kind
    private static final KindCodec<ConstitutionState, ConstitutionCommand, ConstitutionEvent> CODEC =
            (KindCodec<ConstitutionState, ConstitutionCommand, ConstitutionEvent>) KindCodec.of(Kind.CONSTITUTION);

    private ConstitutionActor(Placement placement) {
        super(CODEC, placement);
    }
}

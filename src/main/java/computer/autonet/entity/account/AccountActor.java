package computer.autonet.entity.account;

import computer.autonet.base.Kind;
import computer.autonet.codec.KindCodec;
import computer.autonet.process.HostedKind;
import computer.autonet.process.Placement;
import computer.autonet.process.ProcessActor;
import computer.autonet.process.Request;
import computer.autonet.protocol.account.AccountCommand;
import computer.autonet.protocol.account.AccountEvent;
import computer.autonet.protocol.account.AccountState;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Hosts one account: the only place where money is. Owes only messages: answers to holds, payments and their returns. */
public final class AccountActor extends ProcessActor<AccountState, AccountCommand, AccountEvent> {
    public static final EntityTypeKey<Request> KEY = keyOf(Kind.ACCOUNT);

    public static final HostedKind KIND = new HostedKind(Kind.ACCOUNT, KEY, AccountActor::new);

    @SuppressWarnings("unchecked") // the table of codecs is by kind
    private static final KindCodec<AccountState, AccountCommand, AccountEvent> CODEC =
            (KindCodec<AccountState, AccountCommand, AccountEvent>) KindCodec.of(Kind.ACCOUNT);

    private AccountActor(Placement placement) {
        super(CODEC, placement);
    }
}

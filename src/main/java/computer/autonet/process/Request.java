package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.Hash;
import computer.autonet.base.Identity;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What the host of one process is asked. Protocol content is bytes; what they mean is told by {@code codec}. */
public sealed interface Request permits Request.Wire, Local {
    /** A request that may come from another node. */
    sealed interface Wire extends Request, WireMessage {}

    /** Apply a signed message; answered with {@link Answer.Receipted} or {@link Answer.Refused}. */
    record Submit(Bytes message, ActorRef<Answer> replyTo) implements Wire {}

    /** Log a message of another process; answered with {@link Acknowledged} or {@link Expected}. */
    record Deliver(Bytes message, ActorRef<Request> replyTo) implements Wire {}

    /** {@code receiver} has logged our messages up to this sequence. */
    record Acknowledged(String receiver, long upTo) implements Wire {}

    /** {@code receiver} lacks our messages from this sequence on. */
    record Expected(String receiver, long from) implements Wire {}

    /**
     * Tell the state; answered with {@link Answer.Told}.
     *
     * @param sender address of who wants to know its nonce here, or empty
     */
    record Query(Bytes sender, ActorRef<Answer> replyTo) implements Wire {
        static Query of(Optional<Identity> sender, ActorRef<Answer> replyTo) {
            return new Query(sender.map(who -> who.address().bytes()).orElse(Bytes.EMPTY), replyTo);
        }

        Optional<Identity> asked() {
            return sender.size() == 0 ? Optional.empty() : Optional.of(new Identity(Hash.of(sender.toArray())));
        }
    }

    /** Send entries as they are recorded; answered with {@link Live.At}. Repeat it to stay subscribed. */
    record Subscribe(ActorRef<Live> subscriber) implements Wire {}

    record Unsubscribe(ActorRef<Live> subscriber) implements Wire {}

    /** Be there and take up owed work. */
    record Wake() implements Wire {}
}

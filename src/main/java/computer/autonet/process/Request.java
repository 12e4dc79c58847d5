package computer.autonet.process;

import computer.autonet.base.Bytes;
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

    /** Tell the state; answered with {@link Answer.Told}. */
    record Query(ActorRef<Answer> replyTo) implements Wire {}

    /** Send entries as they are recorded; answered with {@link Live.At}. Repeat it to stay subscribed. */
    record Subscribe(ActorRef<Live> subscriber) implements Wire {}

    record Unsubscribe(ActorRef<Live> subscriber) implements Wire {}

    /** Be there and take up owed work. */
    record Wake() implements Wire {}
}

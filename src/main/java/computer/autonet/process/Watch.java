package computer.autonet.process;

import computer.autonet.base.Bytes;
import computer.autonet.base.ProcessId;
import computer.autonet.codec.EntryCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSource;

/**
 * One watcher's place in a log. The journal is the only source of what is missing: live entries only spare reading it, so
 * that a lost one, a full buffer or a moved process costs a read and no entry (HOST-12).
 */
final class Watch {
    private final ProcessId id;
    private final ReadLog log;
    private long nextSlot;
    private long nextSequence;
    private boolean read;

    private Watch(ProcessId id, ReadLog log, long fromSlot) {
        this.id = id;
        this.log = log;
        this.nextSlot = fromSlot;
        // An entry's sequence is at least its slot plus 1, because slots begin with 0 and skip what is beside the
        // chain.
        this.nextSequence = fromSlot + 1;
    }

    /** The entries from a slot up to the head of the journal. */
    static Source<Bytes, NotUsed> recorded(ProcessId id, ReadLog log, long fromSlot) {
        return Source.lazySource(() -> new Watch(id, log, fromSlot).missing())
                .mapMaterializedValue(any -> NotUsed.getInstance());
    }

    /** The entries from a slot on, without end. */
    static Source<Bytes, NotUsed> live(
            ProcessId id, ReadLog log, Beginnings beginnings, long fromSlot, Routes routes, HostSettings settings) {
        return Source.fromMaterializer((materializer, attributes) -> {
                    // A slow watcher keeps the newest: its slot shows that older ones are to be read.
                    var heard = ActorSource.<Live>actorRef(
                                    any -> false,
                                    any -> Optional.empty(),
                                    settings.watchBuffer(),
                                    OverflowStrategy.dropHead())
                            .preMaterialize(materializer);
                    ActorRef<Live> subscriber = heard.first();
                    var subscribed = new AtomicBoolean();
                    Source<Live, ?> renewals = Source.tick(Duration.ZERO, settings.renewal(), NotUsed.getInstance())
                            .filter(tick -> {
                                subscribed.set(true);
                                routes.send(id, new Request.Subscribe(subscriber));
                                return false;
                            })
                            .map(never -> new Live.At(0));
                    // HOST-15: there is nothing to subscribe to before the process has begun.
                    Source<Live, ?> subscriptions =
                            beginnings.<Live>awaited(id).concatLazy(Source.lazySource(() -> renewals));
                    var watch = new Watch(id, log, fromSlot);
                    return heard.second()
                            .merge(subscriptions)
                            .flatMapConcat(watch::on)
                            .watchTermination((any, done) -> done.whenComplete((end, failure) -> {
                                if (subscribed.get()) {
                                    routes.send(id, new Request.Unsubscribe(subscriber));
                                }
                            }));
                })
                .mapMaterializedValue(any -> NotUsed.getInstance());
    }

    /** One message is dealt with before the next is taken, so this place has one owner at a time. */
    private Source<Bytes, NotUsed> on(Live live) {
        if (live instanceof Live.Recorded entry && entry.slot() == nextSlot && read) {
            nextSlot++;
            // Its sequence is at least one above the last one's; so what was heard is not read again.
            nextSequence++;
            return Source.single(entry.stored());
        }
        long head = live instanceof Live.At at ? at.nextSlot() : ((Live.Recorded) live).slot() + 1;
        return head > nextSlot ? missing() : Source.empty();
    }

    private Source<Bytes, NotUsed> missing() {
        read = true;
        return log.entries(id, nextSequence)
                .map(found -> {
                    nextSequence = found.sequence() + 1;
                    long slot = EntryCodec.read(id, found.stored()).draft().slot();
                    if (slot < nextSlot) {
                        return Optional.<Bytes>empty();
                    }
                    nextSlot = slot + 1;
                    return Optional.of(found.stored());
                })
                .filter(Optional::isPresent)
                .map(Optional::get);
    }
}

package computer.autonet.process.blob;

import computer.autonet.base.BlobId;
import computer.autonet.port.Blobs;
import computer.autonet.process.blob.KeeperRequest.Held;
import computer.autonet.process.blob.KeeperRequest.Hold;
import computer.autonet.process.blob.KeeperRequest.Keepers;
import computer.autonet.process.blob.KeeperRequest.Open;
import computer.autonet.process.blob.KeeperRequest.Opened;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.stream.StreamRefResolver;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.stream.javadsl.StreamRefs;
import org.apache.pekko.util.ByteString;

/** The actor that gives a node's blobs to its peers, and takes theirs when they ask for it. */
final class BlobKeeper {
    static final ServiceKey<KeeperRequest> KEY = ServiceKey.create(KeeperRequest.class, "autonet-blobs");

    private BlobKeeper() {}

    /** @param seen told of the keepers of all nodes whenever they change */
    static Behavior<KeeperRequest> create(Blobs local, Consumer<Set<ActorRef<KeeperRequest>>> seen) {
        return Behaviors.setup(context -> {
            ActorSystem<Void> system = context.getSystem();
            var transfer = new Transfer(system, local);
            ActorRef<Receptionist.Listing> listings = context.messageAdapter(
                    Receptionist.Listing.class, listing -> new Keepers(listing.getServiceInstances(KEY)));
            system.receptionist().tell(Receptionist.register(KEY, context.getSelf()));
            system.receptionist().tell(Receptionist.subscribe(KEY, listings));
            return Behaviors.receive(KeeperRequest.class)
                    .onMessage(Keepers.class, keepers -> {
                        seen.accept(keepers.all());
                        return Behaviors.same();
                    })
                    .onMessage(Open.class, open -> {
                        local.get(BlobId.ofHex(open.id()))
                                .thenApply(content -> new Opened(StreamRefResolver.get(system)
                                        .toSerializationFormat(
                                                StreamConverters.fromInputStream(content::stream, Transfer.CHUNK)
                                                        .map(ByteString::toArray)
                                                        .runWith(StreamRefs.sourceRef(), system))))
                                .exceptionally(absent -> new Opened(""))
                                .thenAccept(open.replyTo()::tell);
                        return Behaviors.same();
                    })
                    .onMessage(Hold.class, hold -> {
                        BlobId id = BlobId.ofHex(hold.id());
                        local.has(id)
                                .thenCompose(here ->
                                        here ? CompletableFuture.completedFuture(true) : transfer.pull(hold.from(), id))
                                .exceptionally(failure -> false)
                                .thenAccept(held -> hold.replyTo().tell(new Held(held)));
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}

package computer.autonet.process.blob;

import computer.autonet.process.WireMessage;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** What the keeper of a node's blobs is asked. Blob ids travel as hexadecimal digits. */
sealed interface KeeperRequest {
    /** Open a blob for reading; answered with {@link Opened}. */
    record Open(String id, ActorRef<Opened> replyTo) implements KeeperRequest, WireMessage {}

    /** Have this blob of {@code from} on your disk, too; answered with {@link Held}. */
    record Hold(String id, ActorRef<KeeperRequest> from, ActorRef<Held> replyTo)
            implements KeeperRequest, WireMessage {}

    /** The keepers of all nodes, this one's included, as the receptionist knows them. */
    record Keepers(Set<ActorRef<KeeperRequest>> all) implements KeeperRequest {}

    /**
     * A blob as a stream between nodes.
     *
     * @param source a reference to the stream in Pekko's text form; empty if the blob is not there
     */
    record Opened(String source) implements WireMessage {}

    /** Whether the blob is on the disk of whoever was asked. */
    record Held(boolean held) implements WireMessage {}
}

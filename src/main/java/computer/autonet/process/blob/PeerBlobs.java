package computer.autonet.process.blob;

import computer.autonet.base.BlobId;
import computer.autonet.base.Hash;
import computer.autonet.port.BlobException;
import computer.autonet.port.BlobException.Reason;
import computer.autonet.port.Blobs;
import computer.autonet.process.blob.KeeperRequest.Held;
import computer.autonet.process.blob.KeeperRequest.Hold;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * This node's blobs together with those of its peers (GATE-16): a put is answered when two disks have the blob, or the one
 * there is, and refused where the second one cannot be reached; a get of what is not here fetches it and keeps it.
 */
public final class PeerBlobs implements Blobs {
    /** A peer has so long to take a blob over. */
    private static final Duration TAKING = Duration.ofSeconds(60);

    /** Without an answer for so long a peer counts as slow; most blobs are over in less. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    /** For so long a put looks for a second disk: twice what a cluster takes to remove a dead node, after which it may be right without. */
    private static final Duration SEARCH = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Who is only about to join has no blobs yet; who is being removed was given up by a majority. */
    private static final Set<MemberStatus> MAY_HOLD =
            Set.of(MemberStatus.up(), MemberStatus.leaving(), MemberStatus.exiting());

    private final ActorSystem<?> system;
    private final Blobs local;
    private final Transfer transfer;
    private final Duration search;
    private final ActorRef<KeeperRequest> own;
    private volatile Set<ActorRef<KeeperRequest>> keepers = Set.of();

    /** Starts the keeper of this node. Once per actor system, which must be part of a cluster. */
    public PeerBlobs(ActorSystem<?> system, Blobs local) {
        this(system, local, SEARCH);
    }

    PeerBlobs(ActorSystem<?> system, Blobs local, Duration search) {
        this.system = system;
        this.search = search;
        this.local = local;
        this.transfer = new Transfer(system, local);
        this.own = system.systemActorOf(
                BlobKeeper.create(local, all -> this.keepers = Set.copyOf(all)), "blob-keeper", Props.empty());
    }

    @Override
    public CompletionStage<BlobId> put(InputStream content) {
        return local.put(content).thenCompose(this::secured);
    }

    @Override
    public CompletionStage<BlobId> put(Flow.Publisher<byte[]> chunks) {
        return local.put(chunks).thenCompose(this::secured);
    }

    private CompletionStage<BlobId> secured(BlobId id) {
        return onSecondDisk(id, System.nanoTime() + search.toNanos()).thenApply(done -> id);
    }

    private CompletionStage<Boolean> onSecondDisk(BlobId id, long deadlineNanos) {
        if (isAlone()) {
            return CompletableFuture.completedFuture(true);
        }
        List<ActorRef<KeeperRequest>> asked =
                peers(id).stream().filter(this::isReachable).toList();
        return settled(firstOf(asked.iterator(), peer -> hold(peer, id)).toCompletableFuture(), asked)
                .thenCompose(done -> {
                    if (done) {
                        return CompletableFuture.completedFuture(true);
                    }
                    if (System.nanoTime() - deadlineNanos > 0) {
                        return CompletableFuture.failedFuture(new BlobException(
                                Reason.ONE_COPY, "blob " + id + " is on one disk, and no other node took a copy"));
                    }
                    Executor later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                    return CompletableFuture.supplyAsync(() -> onSecondDisk(id, deadlineNanos), later)
                            .thenCompose(again -> again);
                });
    }

    /**
     * Whether a peer took the blob, or nobody else is left to take it; no as soon as none that was asked can be reached, for
     * an answer that never comes would be waited for as long as the largest blob takes.
     */
    private CompletionStage<Boolean> settled(CompletableFuture<Boolean> taken, List<ActorRef<KeeperRequest>> asked) {
        if (taken.isDone()) {
            return taken;
        }
        if (isAlone()) {
            return CompletableFuture.completedFuture(true);
        }
        if (asked.stream().noneMatch(this::isReachable)) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> soon = taken.copy();
        return soon.completeOnTimeout(false, PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(done -> done ? CompletableFuture.completedFuture(true) : settled(taken, asked));
    }

    /**
     * Whether this node is a member of a cluster that has no other. One that does not answer is a member until the cluster
     * has given it up: a node that is cut off from all others looks the same to itself as one whose peers died. So does one
     * that has not joined yet, or was given up itself, and sees nobody.
     */
    private boolean isAlone() {
        Cluster cluster = Cluster.get(system);
        if (!MAY_HOLD.contains(cluster.selfMember().status())) {
            return false;
        }
        for (Member member : cluster.state().getMembers()) {
            if (MAY_HOLD.contains(member.status()) && !member.equals(cluster.selfMember())) {
                return false;
            }
        }
        return true;
    }

    private boolean isReachable(ActorRef<KeeperRequest> peer) {
        for (Member member : Cluster.get(system).state().getUnreachable()) {
            if (member.address().equals(peer.path().address())) {
                return false;
            }
        }
        return true;
    }

    /** In an order that spreads blobs over the nodes, and is the same on all of them. */
    private List<ActorRef<KeeperRequest>> peers(BlobId id) {
        List<ActorRef<KeeperRequest>> peers = new ArrayList<>(keepers);
        peers.remove(own);
        peers.sort(Comparator.comparing(
                peer -> Hash.digest(id.hash().toArray(), peer.path().toString().getBytes(StandardCharsets.UTF_8))));
        return peers;
    }

    private CompletionStage<Boolean> hold(ActorRef<KeeperRequest> peer, BlobId id) {
        return AskPattern.<KeeperRequest, Held>ask(
                        peer, replyTo -> new Hold(id.toString(), own, replyTo), TAKING, system.scheduler())
                .thenApply(Held::held);
    }

    /**
     * Whether one of the peers did it. They are asked one after the other, the next one also while the one before is slow:
     * it may be dead, which the cluster knows only later, and whoever waited for it would let a deadline pass.
     */
    private static CompletionStage<Boolean> firstOf(
            Iterator<ActorRef<KeeperRequest>> peers,
            Function<ActorRef<KeeperRequest>, CompletionStage<Boolean>> request) {
        if (!peers.hasNext()) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> answer =
                request.apply(peers.next()).exceptionally(gone -> false).toCompletableFuture();
        return answer.copy()
                .completeOnTimeout(false, SLOW.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(done -> done ? CompletableFuture.completedFuture(true) : firstOf(peers, request))
                .thenCompose(done -> done ? CompletableFuture.completedFuture(true) : answer);
    }

    @Override
    public CompletionStage<Content> get(BlobId id) {
        return hereOrFetched(id, () -> local.get(id));
    }

    @Override
    public CompletionStage<byte[]> bytes(BlobId id, int limit) {
        return hereOrFetched(id, () -> local.bytes(id, limit));
    }

    private <T> CompletionStage<T> hereOrFetched(BlobId id, Supplier<CompletionStage<T>> read) {
        return read.get().exceptionallyCompose(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (!(cause instanceof BlobException missing)
                    || (missing.reason() != Reason.ABSENT && missing.reason() != Reason.DAMAGED)) {
                return CompletableFuture.failedFuture(cause);
            }
            return firstOf(peers(id).iterator(), peer -> transfer.pull(peer, id))
                    .thenCompose(fetched -> fetched ? read.get() : CompletableFuture.failedFuture(cause));
        });
    }

    /** Of this node alone. */
    @Override
    public CompletionStage<Boolean> has(BlobId id) {
        return local.has(id);
    }

    /** Of this node alone. */
    @Override
    public CompletionStage<List<BlobId>> list(Optional<BlobId> after, int limit) {
        return local.list(after, limit);
    }
}

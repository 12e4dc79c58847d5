package computer.autonet.process;

import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import computer.autonet.base.ProcessId;
import computer.autonet.port.Fencing;
import computer.autonet.protocol.genesis.Genesis;
import computer.autonet.protocol.process.Guard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * The shard regions of all kinds on one node: hosts processes where the node has the role, and reaches those of other
 * nodes everywhere.
 */
public final class ProcessRegions implements Routes {
    private final Map<Kind, ActorRef<ShardingEnvelope<Request>>> regions = new ConcurrentHashMap<>();

    private final Map<Kind, EntityTypeKey<Request>> keys = new ConcurrentHashMap<>();

    private final Host host;

    private ProcessRegions(
            Genesis genesis,
            Guard guard,
            InstantSource clock,
            Fencing fencing,
            Verifier verifier,
            HostSettings settings) {
        this.host = new Host(genesis, guard, clock, fencing, verifier, this, settings);
    }

    /** Starts the regions of these kinds; remembered processes that owe work come back by themselves. */
    public static ProcessRegions start(
            ActorSystem<?> system,
            Collection<HostedKind> kinds,
            Genesis genesis,
            Guard guard,
            InstantSource clock,
            Fencing fencing) {
        HostSettings settings = HostSettings.from(system.settings().config());
        var threads = system.dispatchers().lookup(DispatcherSelector.fromConfig("autonet.process.verifier-dispatcher"));
        var verifier = new Verifier(genesis, threads, settings.maxVerifying());
        var regions = new ProcessRegions(genesis, guard, clock, fencing, verifier, settings);
        var shards = new Shards(settings.shards());
        ClusterSharding sharding = ClusterSharding.get(system);
        for (HostedKind kind : kinds) {
            var entity = Entity.of(
                            kind.key(),
                            place -> Placement.of(
                                    new ProcessId(kind.kind(), Hash.ofHex(place.getEntityId())),
                                    shards.leaseName(system.name(), kind.kind(), place.getEntityId()),
                                    place.getShard(),
                                    regions.host,
                                    kind.maker()))
                    .withMessageExtractor(shards)
                    .withRole(settings.role())
                    .withStopMessage(new Local.Stop());
            regions.keys.put(kind.kind(), kind.key());
            regions.regions.put(kind.kind(), sharding.init(entity));
        }
        return regions;
    }

    /** How many processes this node has in memory; a region that does not answer in time counts as empty. */
    public int hosted(ActorSystem<?> system, Duration patience) {
        return keys.values().stream()
                .map(key -> AskPattern.<ClusterShardingQuery, ShardRegion.CurrentShardRegionState>ask(
                        ClusterSharding.get(system).shardState(),
                        replyTo -> new GetShardRegionState(key, replyTo),
                        patience,
                        system.scheduler()))
                .toList()
                .stream()
                .mapToInt(answer -> answer.thenApply(ProcessRegions::entities)
                        .exceptionally(late -> 0)
                        .toCompletableFuture()
                        .join())
                .sum();
    }

    private static int entities(ShardRegion.CurrentShardRegionState state) {
        int sum = 0;
        for (ShardRegion.ShardState shard : state.getShards()) {
            sum += shard.getEntityIds().size();
        }
        return sum;
    }

    /** A request to a process that is hosted while the regions still start is lost like one on the wire. */
    @Override
    public void send(ProcessId receiver, Request.Wire request) {
        ActorRef<ShardingEnvelope<Request>> region = regions.get(receiver.kind());
        if (region != null) {
            region.tell(envelope(receiver, request));
        }
    }

    /** What the processes of this node share. */
    Host host() {
        return host;
    }

    ActorRef<ShardingEnvelope<Request>> region(Kind kind) {
        ActorRef<ShardingEnvelope<Request>> region = regions.get(kind);
        if (region == null) {
            throw new IllegalStateException("no region of kind " + kind + " is started here");
        }
        return region;
    }

    static ShardingEnvelope<Request> envelope(ProcessId receiver, Request.Wire request) {
        return new ShardingEnvelope<>(receiver.hash().toHex(), request);
    }
}

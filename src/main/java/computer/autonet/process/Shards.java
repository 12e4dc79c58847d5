package computer.autonet.process;

import computer.autonet.base.Hash;
import computer.autonet.base.Kind;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/** Which shard of its kind a process belongs to: its id, whose bytes nobody can choose, modulo the number of shards. */
final class Shards extends ShardingMessageExtractor<ShardingEnvelope<Request>, Request> {
    private final int count;

    Shards(int count) {
        this.count = count;
    }

    @Override
    public String entityId(ShardingEnvelope<Request> envelope) {
        return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
        byte[] hash = Hash.ofHex(entityId).toArray();
        int number = (hash[0] & 0x7f) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | (hash[3] & 0xff);
        return Integer.toString(number % count);
    }

    @Override
    public Request unwrapMessage(ShardingEnvelope<Request> envelope) {
        return envelope.message();
    }

    /** The name that Pekko gives the lease of a process's shard. */
    String leaseName(String system, Kind kind, String entityId) {
        return system + "-shard-" + kind.label() + "-" + shardId(entityId);
    }
}

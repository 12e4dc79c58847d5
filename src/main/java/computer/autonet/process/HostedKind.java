package computer.autonet.process;

import computer.autonet.base.Kind;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** One kind of process as the regions host it. */
public record HostedKind(Kind kind, EntityTypeKey<Request> key, Placement.Maker maker) {}

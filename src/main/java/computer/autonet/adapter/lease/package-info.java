/** Leases with a fencing counter for cluster sharding: on Cassandra, and within the one process of a single machine (docs/spec/lease.md). */
@NullMarked
package computer.autonet.adapter.lease;

import org.jspecify.annotations.NullMarked;

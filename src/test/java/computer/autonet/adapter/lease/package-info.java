/** Tests of leases: the timing on virtual time, and the stores, one of them a real Cassandra. */
@NullMarked
package computer.autonet.adapter.lease;

import org.jspecify.annotations.NullMarked;

/** The real Cassandra that tests share, and its own tests. */
@NullMarked
package computer.autonet.adapter.cassandra;

import org.jspecify.annotations.NullMarked;

/**
 * A Cassandra node as a child process, for tests and for clusters on one machine with nothing installed; and the tables that a
 * node keeps beside the journal's in whatever Cassandra it is given.
 */
@NullMarked
package computer.autonet.adapter.cassandra;

import org.jspecify.annotations.NullMarked;

/** A Cassandra node as a child process, for tests and for clusters on one machine with nothing installed. */
@NullMarked
package computer.autonet.adapter.cassandra;

import org.jspecify.annotations.NullMarked;

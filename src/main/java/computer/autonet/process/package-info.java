/**
 * How any process lives on a node: the one host of all kinds, delivery between processes, sharding, the wire between
 * nodes, and the door through which gateway and audit reach processes. Rule ids HOST-xx stand in docs/spec/host.md.
 */
@NullMarked
package computer.autonet.process;

import org.jspecify.annotations.NullMarked;

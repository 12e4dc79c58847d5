/** The public edge of a node: gRPC in front of the processes. It translates, limits and asks; it decides nothing. */
@NullMarked
package computer.autonet.gateway;

import org.jspecify.annotations.NullMarked;

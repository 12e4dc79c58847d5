/** Where a network begins: constitution, rules version, time scale, allocations, treasury. */
@NullMarked
package computer.autonet.protocol.genesis;

import org.jspecify.annotations.NullMarked;

/** Processes of kind solver in their shards. */
@NullMarked
package computer.autonet.entity.solver;

import org.jspecify.annotations.NullMarked;

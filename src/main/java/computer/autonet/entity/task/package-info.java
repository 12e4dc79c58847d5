/** Processes of kind task in their shards. */
@NullMarked
package computer.autonet.entity.task;

import org.jspecify.annotations.NullMarked;

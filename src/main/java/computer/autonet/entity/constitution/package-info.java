/** Processes of kind constitution in their shards. */
@NullMarked
package computer.autonet.entity.constitution;

import org.jspecify.annotations.NullMarked;

/** Processes of kind coordinator in their shards. */
@NullMarked
package computer.autonet.entity.coordinator;

import org.jspecify.annotations.NullMarked;

/** Processes of kind project in their shards. */
@NullMarked
package computer.autonet.entity.project;

import org.jspecify.annotations.NullMarked;

/** Processes of kind aggregator in their shards. */
@NullMarked
package computer.autonet.entity.aggregator;

import org.jspecify.annotations.NullMarked;

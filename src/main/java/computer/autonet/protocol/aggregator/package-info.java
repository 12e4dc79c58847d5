/** Averaging and certification of a round's model. Rule ids AGG-xx stand in docs/spec/aggregator.md. */
@NullMarked
package computer.autonet.protocol.aggregator;

import org.jspecify.annotations.NullMarked;

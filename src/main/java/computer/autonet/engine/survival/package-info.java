/** The Survival engine: whether a node's own disk and journal still carry it. */
@NullMarked
package computer.autonet.engine.survival;

import org.jspecify.annotations.NullMarked;

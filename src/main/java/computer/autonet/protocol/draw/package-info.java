/** Draws of participants by stake, reproducible from a seed (docs/spec/draw.md). */
@NullMarked
package computer.autonet.protocol.draw;

import org.jspecify.annotations.NullMarked;

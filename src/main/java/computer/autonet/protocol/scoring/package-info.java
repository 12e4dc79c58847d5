/** From measured losses to scores, votes that agree, and weights (docs/spec/scoring.md). */
@NullMarked
package computer.autonet.protocol.scoring;

import org.jspecify.annotations.NullMarked;

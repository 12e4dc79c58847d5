/** Who gets how much of a round's reward, and what silence costs (docs/spec/rewards.md). */
@NullMarked
package computer.autonet.protocol.rewards;

import org.jspecify.annotations.NullMarked;

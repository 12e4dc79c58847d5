/** Yuma consensus in fixed point: what a round's coordinators together say, and what each of them earns (docs/spec/yuma.md). */
@NullMarked
package computer.autonet.protocol.yuma;

import org.jspecify.annotations.NullMarked;

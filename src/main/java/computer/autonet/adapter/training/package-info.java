/** Training by DJL and PyTorch on the CPU, offline, in class {@code cpu-1}: the same bits for the same recipe. */
@NullMarked
package computer.autonet.adapter.training;

import org.jspecify.annotations.NullMarked;

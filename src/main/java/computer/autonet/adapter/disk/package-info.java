/** Files that survive a crash or have one owner: what every adapter that keeps something on disk shares. */
@NullMarked
package computer.autonet.adapter.disk;

import org.jspecify.annotations.NullMarked;

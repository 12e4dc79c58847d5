/** Tests of files that survive a crash. */
@NullMarked
package computer.autonet.adapter.disk;

import org.jspecify.annotations.NullMarked;

/** Data sets on disk and in the program, and how one is divided among those who take part. */
@NullMarked
package computer.autonet.adapter.data;

import org.jspecify.annotations.NullMarked;

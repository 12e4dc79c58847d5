/** Participants' unfinished work, kept in a folder. */
@NullMarked
package computer.autonet.adapter.work;

import org.jspecify.annotations.NullMarked;

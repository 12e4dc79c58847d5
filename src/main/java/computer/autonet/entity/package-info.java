/** The kinds of process as they are hosted, one package each, and the list of all. */
@NullMarked
package computer.autonet.entity;

import org.jspecify.annotations.NullMarked;

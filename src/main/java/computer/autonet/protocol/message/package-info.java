/** The signed envelope of every command: ANS-104 data items, and what Autonet puts into one. Rules MSG-01 and following. */
@NullMarked
package computer.autonet.protocol.message;

import org.jspecify.annotations.NullMarked;

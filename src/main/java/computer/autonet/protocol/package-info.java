/** What is true: the deterministic rules of every kind of process. No Pekko, no I/O, no clock, no randomness. */
@NullMarked
package computer.autonet.protocol;

import org.jspecify.annotations.NullMarked;

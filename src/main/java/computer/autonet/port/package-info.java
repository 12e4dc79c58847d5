/** What entities and engines need from outside: interfaces, and the values that cross them. */
@NullMarked
package computer.autonet.port;

import org.jspecify.annotations.NullMarked;

/** What entities and engines need from the world outside, as interfaces in their own words. */
@NullMarked
package computer.autonet.port;

import org.jspecify.annotations.NullMarked;

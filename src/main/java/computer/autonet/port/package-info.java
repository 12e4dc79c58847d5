/** What entities and engines need from the world, as interfaces that adapters fill. */
@NullMarked
package computer.autonet.port;

import org.jspecify.annotations.NullMarked;

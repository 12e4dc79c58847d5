/** Blobs in a cluster: each is on two disks before a put is answered, and a node fetches what it lacks from its peers. */
@NullMarked
package computer.autonet.process.blob;

import org.jspecify.annotations.NullMarked;

/** Tests of the blob store. */
@NullMarked
package computer.autonet.adapter.blob;

import org.jspecify.annotations.NullMarked;

/** Blobs as files on this machine's disk (docs/spec/blob.md). */
@NullMarked
package computer.autonet.adapter.blob;

import org.jspecify.annotations.NullMarked;

/** The one way to a network from outside a process: signed acts, typed states, watched logs, verified blobs (WORK-01 to WORK-04). */
@NullMarked
package computer.autonet.client;

import org.jspecify.annotations.NullMarked;

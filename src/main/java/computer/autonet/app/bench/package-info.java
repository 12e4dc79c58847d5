/** Measurements of this build on this machine, each with a warm-up, printed as JSON. */
@NullMarked
package computer.autonet.app.bench;

import org.jspecify.annotations.NullMarked;

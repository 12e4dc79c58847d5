/** The program: settings, wiring, and the commands that run a node. Nobody imports it. */
@NullMarked
package computer.autonet.app;

import org.jspecify.annotations.NullMarked;

/** The Awareness engine: what a node senses of the network around it. */
@NullMarked
package computer.autonet.engine.awareness;

import org.jspecify.annotations.NullMarked;

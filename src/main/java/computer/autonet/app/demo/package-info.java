/** The demo: one node with every role that trains a real model in front of the user. */
@NullMarked
package computer.autonet.app.demo;

import org.jspecify.annotations.NullMarked;

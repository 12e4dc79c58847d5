/** The gateway, asked over loopback with the generated clients. */
@NullMarked
package computer.autonet.gateway;

import org.jspecify.annotations.NullMarked;

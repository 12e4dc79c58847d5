/** The network's constitution and its guard. Rule ids CONST-xx stand in docs/spec/constitution.md. */
@NullMarked
package computer.autonet.protocol.constitution;

import org.jspecify.annotations.NullMarked;

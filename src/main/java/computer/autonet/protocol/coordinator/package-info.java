/** Coordinators, their seats and bonds. Rule ids COORD-xx stand in docs/spec/coordinator.md. */
@NullMarked
package computer.autonet.protocol.coordinator;

import org.jspecify.annotations.NullMarked;

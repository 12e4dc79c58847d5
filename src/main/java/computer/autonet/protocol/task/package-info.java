/** One round of a project, the Absolute Zero loop. Rule ids TASK-xx stand in docs/spec/task.md. */
@NullMarked
package computer.autonet.protocol.task;

import org.jspecify.annotations.NullMarked;

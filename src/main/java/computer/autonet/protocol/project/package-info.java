/** AI projects: roster, rounds, draws and pay. Rule ids PROJ-xx stand in docs/spec/project.md. */
@NullMarked
package computer.autonet.protocol.project;

import org.jspecify.annotations.NullMarked;

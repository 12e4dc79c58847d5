/** The Work engine: what a participant owes a project, done again and again until it is done. Rules WORK-xx in docs/spec/work.md. */
@NullMarked
package computer.autonet.engine.work;

import org.jspecify.annotations.NullMarked;

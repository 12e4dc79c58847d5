/** Solvers and what they have promised. Rule ids SOLV-xx stand in docs/spec/solver.md. */
@NullMarked
package computer.autonet.protocol.solver;

import org.jspecify.annotations.NullMarked;

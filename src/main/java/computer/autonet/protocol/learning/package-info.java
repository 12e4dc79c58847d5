/** Model parameters as values, and how updates become one model (docs/spec/learning.md). */
@NullMarked
package computer.autonet.protocol.learning;

import org.jspecify.annotations.NullMarked;

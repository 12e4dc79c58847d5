/** What a participant of a project is and must lock (docs/spec/stake.md). */
@NullMarked
package computer.autonet.protocol.role;

import org.jspecify.annotations.NullMarked;
